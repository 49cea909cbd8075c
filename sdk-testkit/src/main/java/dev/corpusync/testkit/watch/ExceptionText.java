package dev.corpusync.testkit.watch;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What an exception says, with its causes and with what it suppressed. */
public final class ExceptionText {
  private ExceptionText() {}

  public static String of(Throwable thrown) {
    StringWriter words = new StringWriter();
    thrown.printStackTrace(new PrintWriter(words));
    return words.toString();
  }
}
