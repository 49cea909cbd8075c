package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the docs, with parts that come from real runs. */
public final class DocsPage {
  private static final boolean WRITES = System.getProperty("corpusync.docs", "").equals("write");
  private final Path page;

  public DocsPage(String name) {
    page = Path.of(System.getProperty("corpusync.root", ".."), "docs", name);
  }

  public String text() {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page shows this under this name. */
  public void shows(String name, String part) {
    String text = text();
    String begin = "<!-- " + name + " -->\n";
    assertThat(text).as(page.toString()).contains(begin);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end -->", from);
    if (!WRITES) {
      assertThat(text.substring(from, to))
          .as("what %s shows as '%s'; -Dcorpusync.docs=write writes it anew", page, name)
          .isEqualTo(part);
      return;
    }
    try {
      Files.writeString(page, text.substring(0, from) + part + text.substring(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String block(String text) {
    return "```\n" + text.strip() + "\n```\n";
  }
}
