package dev.corpusync.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows compiles, and what it points to is there. */
class DocsTest {
  private static final Path ROOT = root();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|record|interface) (\\w+)");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+)*(?:\\(\\))?`");
  // What a page names and others made.
  private static final Set<String> FOREIGN =
      Set.of(
          "JsonNode",
          "DataSource",
          "Error",
          "Date",
          "Link",
          "Optional",
          // Of failsafe, in the rationale.
          "RetryPolicy",
          "CircuitBreaker",
          "Timeout",
          "RateLimiter");

  @TempDir Path folder;

  /** One snippet, with where it stands. */
  record Snippet(String place, String code) {
    @Override
    public String toString() {
      return place;
    }
  }

  static Stream<Path> pages() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream<Path> top =
          Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve);
      return Stream.concat(
              docs.filter(p -> p.toString().endsWith(".md")).sorted().toList().stream(), top)
          .filter(Files::exists);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The README's are compared, to the letter, with files that the examples compile and run; those
   * of the first connector are run one upon the other.
   */
  static Stream<Snippet> snippets() {
    return pages()
        .filter(p -> !p.endsWith("README.md") && !p.endsWith("first-connector.md"))
        .flatMap(DocsTest::snippets);
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void a_snippet_compiles(Snippet snippet) throws IOException {
    String source = source(snippet.code());
    Matcher type = TYPE.matcher(source);
    assertThat(type.find()).as("%s has no type", snippet).isTrue();
    Path file = Files.writeString(folder.resolve(type.group(1) + ".java"), source);
    Javac.compile(snippet.toString(), folder, file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_link_leads_to_a_file_that_is_there(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(Files.readString(page).replaceAll("(?ms)^```.*?^```", ""));
    while (link.find()) {
      String target = link.group(1).replaceFirst("#.*", "");
      if (!target.matches("https?://.*")
          && !target.isEmpty()
          && !Files.exists(page.resolveSibling(target))) {
        broken.add(link.group(1));
      }
    }
    assertThat(broken).as("links of %s", page.getFileName()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_class_that_a_page_names_exists(Path page) throws IOException {
    Set<String> known = classes();
    List<String> unknown = new ArrayList<>();
    Matcher name = NAME.matcher(Files.readString(page).replaceAll("(?ms)^```.*?^```", ""));
    while (name.find()) {
      if (!known.contains(name.group(1)) && !FOREIGN.contains(name.group(1))) {
        unknown.add(name.group(1));
      }
    }
    assertThat(unknown).as("classes that %s names", page.getFileName()).isEmpty();
  }

  @Test
  void there_is_something_to_check() {
    assertThat(snippets().toList()).hasSizeGreaterThan(10);
  }

  private static Stream<Snippet> snippets(Path page) {
    List<Snippet> found = new ArrayList<>();
    String text = read(page);
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      long line = text.substring(0, block.start()).lines().count() + 1;
      found.add(new Snippet(page.getFileName() + ":" + line, block.group(1)));
    }
    return found.stream();
  }

  /** A whole file as it is; otherwise in the surroundings that its first line names. */
  private static String source(String code) {
    if (code.startsWith("// in: host")) {
      return IMPORTS
          + "abstract class Host { void host(Store store, Corpusync corpusync, ConnectionKey key,"
          + " DataSource dataSource, Executor executor, Connector connector, Things index, String"
          + " token, String newToken) throws Exception {\n"
          + code
          + "\n"
          + "}\n"
          + "interface Things { void put(Object document); void remove(Object id); void clear(); }"
          + " }";
    }
    if (code.startsWith("// in: stream")) {
      return IMPORTS
          + "abstract class Snippet implements DocumentStream, Nested, HasParts, FetchedByIds {\n"
          + code
          + "\n}";
    }
    return code;
  }

  private static final String IMPORTS =
      Stream.of(
                  "artifact",
                  "auth",
                  "cite",
                  "connection",
                  "connector",
                  "describe",
                  "discover",
                  "document",
                  "engine",
                  "error",
                  "extract",
                  "feed",
                  "http",
                  "memory",
                  "relational",
                  "prune",
                  "store",
                  "sync",
                  "transform",
                  "vault")
              .map(p -> "import dev.corpusync." + p + ".*;\n")
              .collect(Collectors.joining())
          + "import java.net.*;\n"
          + "import java.time.*;\n"
          + "import java.util.*;\n"
          + "import java.util.concurrent.*;\n"
          + "import java.nio.file.Path;\n"
          + "import javax.sql.DataSource;\n";

  /**
   * Without what builds wrote: a database under test deletes its files while the tree is walked.
   */
  private static Set<String> classes() throws IOException {
    Set<String> classes = new HashSet<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
            return folder.endsWith("target")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
              classes.add(name.substring(0, name.length() - 5));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return classes;
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path at = Path.of(System.getProperty("corpusync.root", "")).toAbsolutePath();
    while (!Files.exists(at.resolve("LICENSE"))) {
      at = at.getParent();
    }
    return at;
  }
}
