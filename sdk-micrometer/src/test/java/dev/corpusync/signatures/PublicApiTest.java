package dev.corpusync.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.annotation.Experimental;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.micrometer.MeteredSync;
import dev.corpusync.testkit.contract.ConnectorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The public API of each artifact is what {@code api.txt} beside its {@code pom.xml} records. */
class PublicApiTest {
  private static final String COMMAND =
      "mvn -pl sdk-core,sdk-testkit,sdk-micrometer test -Dtest=PublicApiTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dcorpusync.api=write";

  enum Artifact {
    CORE("sdk-core", Corpusync.class),
    TESTKIT("sdk-testkit", ConnectorContract.class),
    MICROMETER("sdk-micrometer", MeteredSync.class);

    final String folder;
    final Class<?> one;

    Artifact(String folder, Class<?> one) {
      this.folder = folder;
      this.one = one;
    }

    Path path() {
      return root().resolve(folder);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_api_changes_only_with_its_record(Artifact artifact) throws IOException {
    Path record = artifact.path().resolve("api.txt");
    List<String> actual = Signatures.ofArtifactWith(artifact.one);
    if ("write".equals(System.getProperty("corpusync.api"))) {
      Files.write(record, actual);
    }

    assertThat(difference(Files.readAllLines(record), actual))
        .as("changes of the public API; when they are intended, run: %s", COMMAND)
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void every_exported_type_says_since_when_it_exists(Artifact artifact) throws IOException {
    Path sources = artifact.path().resolve("src/main/java");
    List<String> missing = new ArrayList<>();
    for (String exported : exported(sources)) {
      try (Stream<Path> files = Files.list(sources.resolve(exported.replace('.', '/')))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          if (isWithoutSince(Files.readString(file), name(file))) {
            missing.add(exported + "." + name(file));
          }
        }
      }
    }

    assertThat(missing).as("public types without @since in their Javadoc").isEmpty();
  }

  @Test
  void a_type_without_since_is_found() {
    assertThat(isWithoutSince("/** A. */\npublic final class A {}", "A")).isTrue();
    assertThat(isWithoutSince("/**\n * A.\n *\n * @since 0.1\n */\npublic class A {}", "A"))
        .isFalse();
    assertThat(isWithoutSince("/**\n * @since 0.1\n */\npublic class B {}\nclass A {}", "A"))
        .isFalse();
  }

  @Test
  void what_callers_depend_on_is_in_the_record() {
    assertThat(Signatures.ofType(Sample.class))
        .containsExactly(
            "public abstract static class dev.corpusync.signatures.PublicApiTest$Sample<T extends Number>"
                + " implements Comparable<T>",
            "  <V> public static V of(List<? extends V>, @Nullable V) throws java.io.IOException",
            "  @Experimental protected abstract void moves()",
            "  protected Sample(int)",
            "  public final Optional<String> inherited()",
            "  public int compareTo(T)",
            "  public static final int CONSTANT");
    assertThat(Signatures.ofType(Closed.class))
        .containsExactly(
            "public sealed interface dev.corpusync.signatures.PublicApiTest$Closed"
                + " permits dev.corpusync.signatures.PublicApiTest$Closed$One",
            "  public default boolean isOne()");
  }

  @Test
  void a_difference_names_each_line() {
    assertThat(
            difference(
                List.of("class A", "  same", "  old"), List.of("class A", "  new", "  same")))
        .containsExactly("- class A: old", "+ class A: new");
    assertThat(
            difference(
                List.of("class A", "  one", "class B"), List.of("class A", "class B", "  one")))
        .containsExactly("- class A: one", "+ class B: one");
  }

  static class Hidden {
    public final Optional<String> inherited() {
      return Optional.empty();
    }
  }

  /** What a caller can see, and what it cannot. */
  public abstract static class Sample<T extends Number> extends Hidden implements Comparable<T> {
    public static final int CONSTANT = 1;
    final int unseen;

    protected Sample(int unseen) {
      this.unseen = unseen;
    }

    public static <V> V of(List<? extends V> values, @Nullable V other) throws IOException {
      throw new IOException();
    }

    @Override
    public int compareTo(T other) {
      return unseen;
    }

    @Experimental
    protected abstract void moves();

    void unseen() {}
  }

  /** A type that nobody else may implement. */
  public sealed interface Closed {
    default boolean isOne() {
      return true;
    }

    /** Its only kind. */
    record One() implements Closed {}
  }

  private static List<String> difference(List<String> recorded, List<String> actual) {
    List<String> before = withTheirTypes(recorded);
    List<String> now = withTheirTypes(actual);
    List<String> all = new ArrayList<>();
    before.stream().filter(line -> !now.contains(line)).forEach(l -> all.add("- " + l));
    now.stream().filter(line -> !before.contains(line)).forEach(l -> all.add("+ " + l));
    return all;
  }

  /** Members are indented below their type. */
  private static List<String> withTheirTypes(List<String> lines) {
    List<String> all = new ArrayList<>();
    String type = "";
    for (String line : lines) {
      boolean isMember = line.startsWith("  ");
      type = isMember ? type : line;
      all.add(isMember ? type + ": " + line.strip() : line);
    }
    return all;
  }

  private static boolean isWithoutSince(String source, String name) {
    Pattern type =
        Pattern.compile(
            "^public [a-z -]*(class|interface|record|enum) " + name + "\\b", Pattern.MULTILINE);
    Pattern told =
        Pattern.compile(
            "@since \\d[\\d.]*\\s+\\*/\\s(@(?!interface)[^\\n]*\\n|[^\\n]*\\)\\n)*public [a-z -]*@?(class|interface|record|enum) "
                + name
                + "\\b");
    return type.matcher(source).find() && !told.matcher(source).find();
  }

  private static List<String> exported(Path sources) throws IOException {
    return Pattern.compile("^\\s*exports ([\\w.]+);", Pattern.MULTILINE)
        .matcher(Files.readString(sources.resolve("module-info.java")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Path root() {
    return Path.of(System.getProperty("corpusync.root"));
  }
}
