package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page of defects leaves none out, and names mutants and their primary checks as they are. */
class DefectsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("corpusync.root", ".."), "docs", "defects.md");
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\| (W\\d+|\\d+ \\([BC]\\)|) ?\\| ([^|]*)\\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern TYPE = Pattern.compile("`[A-Z]\\w+[.\\w]*`|the compiler");
  private static final List<String> MATRICES =
      List.of("connectors", "stores", "jdbc", "shared", "secrets", "accounts", "descriptions");

  /** A defect, with what is said of it; what stands in further lines is of the last one. */
  private record Defect(String id, List<String> mutants, Set<String> checks, String text) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static List<Defect> defects() throws IOException {
    List<Defect> all = new ArrayList<>();
    Matcher line = LINE.matcher(Files.readString(PAGE));
    while (line.find()) {
      if (line.group(1).isEmpty()) {
        Defect last = all.remove(all.size() - 1);
        all.add(new Defect(last.id(), last.mutants(), last.checks(), last.text() + line.group(3)));
      } else {
        Set<String> checks = new TreeSet<>(Arrays.asList(line.group(4).strip().split(", ")));
        checks.remove("");
        List<String> mutants =
            QUOTED.matcher(line.group(3)).results().map(quoted -> quoted.group(1)).toList();
        all.add(new Defect(line.group(1), mutants, checks, line.group(3)));
      }
    }
    return all;
  }

  /** The checks that the mutants of any matrix are there for, by the mutant's name. */
  private static Map<String, Set<String>> primaries() {
    Map<String, Set<String>> all = new HashMap<>();
    for (String matrix : MATRICES) {
      new MatrixFile(matrix)
          .rows()
          .forEach(
              (name, row) ->
                  all.computeIfAbsent(name, n -> new TreeSet<>())
                      .addAll(row.foundBy().stream().toList()));
    }
    return all;
  }

  @Test
  void every_defect_is_there_once() throws IOException {
    List<String> all =
        Stream.concat(
                Stream.of("1 17", "20 33", "40 54", "60 72")
                    .map(range -> range.split(" "))
                    .flatMap(
                        range ->
                            IntStream.rangeClosed(
                                    Integer.parseInt(range[0]), Integer.parseInt(range[1]))
                                .mapToObj(n -> "W" + n)),
                Stream.of(
                        "1C 3B 14B 15B 30B 39B 56B 73C 74C 78C 79B 80C 81C 82C 85B 86B 87C"
                            .split(" "))
                    .map(n -> n.replaceFirst("([BC])", " ($1)")))
            .toList();
    assertThat(all).hasSize(59 + 17);
    assertThat(defects()).extracting(Defect::id).isEqualTo(all);
  }

  @TestFactory
  Stream<DynamicTest> a_defect_is_a_mutant_that_is_found_or_cannot_be_written() throws IOException {
    Map<String, Set<String>> primaries = primaries();
    return defects().stream()
        .map(defect -> DynamicTest.dynamicTest(defect.id(), () -> holds(defect, primaries)));
  }

  private static void holds(Defect defect, Map<String, Set<String>> primaries) {
    assertThat(primaries.keySet()).as("mutants").containsAll(defect.mutants());
    Set<String> found =
        defect.mutants().stream()
            .flatMap(mutant -> primaries.get(mutant).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).as("what %s are there for", defect.mutants()).containsAll(defect.checks());
    for (String mutant : defect.mutants()) {
      assertThat(primaries.get(mutant))
          .as("what finds '%s'; the page names %s", mutant, defect.checks())
          .containsAnyElementsOf(defect.checks());
    }
    if (defect.mutants().isEmpty()) {
      assertThat(defect.text())
          .as("why it has no mutant")
          .containsPattern("cannot be|left out|as \\d");
    }
    if (defect.text().contains("cannot be")) {
      assertThat(defect.text()).as("what forbids it").containsPattern(TYPE);
    }
  }
}
