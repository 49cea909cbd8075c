package dev.corpusync.layers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of {@code vocabulary.txt}: each is not used here, and has a standard term. */
final class Vocabulary {
  private static final List<String> ENDINGS = List.of(".java", ".md", ".csv", "/demo");

  /** Also across the lines of a comment, and in the names of tests. */
  private static final String SPACE = "(?:_|\\\\s+(?:\\\\*\\\\s+|//\\\\s*)?)";

  private final List<Term> terms;

  /** Any of the words: most files have none. */
  private final Pattern any;

  /**
   * One word to avoid.
   *
   * @param allowed the ends of the paths where it means something else
   */
  record Term(String word, Pattern pattern, String instead, List<String> allowed) {
    static Term of(String word, String instead, List<String> allowed) {
      return new Term(word, whole(expression(word)), instead, allowed);
    }

    /** A type's declaration for "class X"; otherwise the word, also at the start of a sentence. */
    private static String expression(String word) {
      if (word.startsWith("class ")) {
        return "(?:class|record|enum|interface) " + word.substring(6);
      }
      char first = word.charAt(0);
      String either = "[" + first + Character.toUpperCase(first) + "]";
      return either + word.substring(1).replace(".", "\\.").replaceAll(" ", SPACE);
    }

    private static Pattern whole(String expression) {
      return Pattern.compile("(?<![A-Za-z0-9])(?:" + expression + ")(?![A-Za-z0-9])");
    }

    private boolean allows(Path file) {
      return allowed.stream().anyMatch(file::endsWith);
    }
  }

  private Vocabulary(List<Term> terms) {
    this.terms = terms;
    any =
        Term.whole(
            terms.stream().map(Term::word).map(Term::expression).collect(Collectors.joining("|")));
  }

  /** Reads lines of "words ; what to write instead ; files where they are allowed". */
  static Vocabulary load() {
    try (InputStream list =
        Objects.requireNonNull(Vocabulary.class.getResourceAsStream("vocabulary.txt"))) {
      return new Vocabulary(
          new String(list.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .flatMap(Vocabulary::terms)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Term> terms(String line) {
    String[] parts = line.split(" ; ", -1);
    List<String> allowed = parts.length > 2 ? List.of(parts[2].trim().split(", ")) : List.of();
    return Stream.of(parts[0].split(", ")).map(word -> Term.of(word, parts[1].trim(), allowed));
  }

  List<String> words() {
    return terms.stream().map(Term::word).toList();
  }

  /** One line for each use of a word: file, line, word, and what to write instead. */
  List<String> findings(Path root) {
    List<String> found = new ArrayList<>();
    Sources.files(root, ENDINGS)
        .forEach(
            file -> {
              String text = read(file);
              if (any.matcher(text).find()) {
                terms.stream()
                    .filter(term -> !term.allows(file))
                    .forEach(term -> found.addAll(findings(root.relativize(file), text, term)));
              }
            });
    return found;
  }

  /** The permissions of the list that no file needs any more. */
  Set<String> unusedPermissions(Path root) {
    Set<String> unused = new HashSet<>();
    terms.forEach(term -> unused.addAll(term.allowed()));
    Sources.files(root, ENDINGS)
        .forEach(
            file -> {
              for (Term term : terms) {
                if (term.allows(file) && term.pattern().matcher(read(file)).find()) {
                  unused.removeIf(file::endsWith);
                }
              }
            });
    return unused;
  }

  private static List<String> findings(Path file, String text, Term term) {
    List<String> found = new ArrayList<>();
    Matcher use = term.pattern().matcher(text);
    while (use.find()) {
      long line = text.substring(0, use.start()).chars().filter(c -> c == '\n').count() + 1;
      found.add(file + ":" + line + ": \"" + term.word() + "\": write " + term.instead());
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
