package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.auth.AuthContract;
import dev.corpusync.testkit.auth.AuthSubject;
import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.store.JdbcContract;
import dev.corpusync.testkit.store.SharedContract;
import dev.corpusync.testkit.store.StoreContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

/** The page about the catalogue leaves no rule out, and names what is there. */
class CatalogueTest {
  private static final Path DOCS = Path.of(System.getProperty("corpusync.root", ".."), "docs");
  private static final Pattern RULE =
      Pattern.compile("(?m)^\\| ([A-Z]+-\\d\\d) \\| ([^|]+) \\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern MORE =
      Pattern.compile("(?m)^\\| ([A-Z]+-\\d\\d[^|]*) \\| [^|]+ \\|$");

  /** How many rules the catalogue has of each area. */
  private static final List<String> AREAS =
      List.of(
          "FIX 8",
          "CFG 10",
          "PAGE 18",
          "INC 25",
          "CRASH 14",
          "NET 20",
          "AUTH 17",
          "PRIV 16",
          "DEL 13",
          "PERM 9",
          "HYD 8",
          "TRF 18",
          "CITE 10",
          "HOOK 14",
          "CONC 6",
          "RES 6",
          "DET 4",
          "OBS 5",
          "STO 25");

  /** A line of the table. */
  private record Rule(String id, List<String> checks, String reason) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static String page(String name) throws IOException {
    return Files.readString(DOCS.resolve(name));
  }

  private static List<Rule> rules() throws IOException {
    List<Rule> rules = new ArrayList<>();
    Matcher line = RULE.matcher(page("catalogue.md"));
    while (line.find()) {
      rules.add(new Rule(line.group(1), names(line.group(3)), line.group(4).strip()));
    }
    return rules;
  }

  private static List<String> names(String cell) {
    return Arrays.stream(cell.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  /** The checks of every contract, by what they are called there. */
  private static Set<String> checks() {
    Set<String> all =
        Areas.checks().stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
    for (Class<?> contract :
        List.of(StoreContract.class, JdbcContract.class, SharedContract.class)) {
      all.addAll(Areas.idsOf(contract));
    }
    AuthContract tokens =
        new AuthContract() {
          @Override
          protected AuthSubject subject() {
            return AuthSubject.corpusync();
          }
        };
    tokens.auth().stream().map(DynamicTest::getDisplayName).forEach(all::add);
    Arrays.stream(DescriptorContract.class.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .forEach(check -> all.add("`DescriptorContract." + check + "`"));
    all.add("`SecretsContract`");
    return all;
  }

  @Test
  void every_rule_of_the_catalogue_is_there_once_and_in_its_order() throws IOException {
    List<String> all =
        AREAS.stream()
            .map(area -> area.split(" "))
            .flatMap(
                area ->
                    IntStream.rangeClosed(1, Integer.parseInt(area[1]))
                        .mapToObj(n -> String.format(Locale.ROOT, "%s-%02d", area[0], n)))
            .toList();
    assertThat(all).hasSize(246);
    assertThat(rules()).extracting(Rule::id).isEqualTo(all);
  }

  @TestFactory
  Stream<DynamicTest> a_rule_has_checks_that_exist_or_a_reason() throws IOException {
    Set<String> checks = checks();
    return rules().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.id(),
                    () -> {
                      assertThat(checks).containsAll(rule.checks());
                      assertThat(rule.checks().isEmpty() && rule.reason().isEmpty())
                          .as("whether neither a check nor a reason is there")
                          .isFalse();
                    }));
  }

  @Test
  void every_check_is_named() throws IOException {
    Set<String> named = new TreeSet<>();
    rules().forEach(rule -> named.addAll(rule.checks()));
    Matcher more = MORE.matcher(page("catalogue.md"));
    while (more.find()) {
      assertThat(names(more.group(1)))
          .as("checks that no rule asked for")
          .doesNotContainAnyElementsOf(named);
      named.addAll(names(more.group(1)));
    }
    assertThat(named).isEqualTo(checks());
  }

  @Test
  void every_check_of_a_connector_is_explained_where_its_message_points_to() throws IOException {
    String page = page("checks.md");
    Set<String> explained = new TreeSet<>();
    Matcher heading = Pattern.compile("(?m)^### ([A-Z]+-\\d\\d)(?: \\(should\\))?$").matcher(page);
    while (heading.find()) {
      assertThat(explained.add(heading.group(1))).as(heading.group(1)).isTrue();
    }
    assertThat(explained).isEqualTo(new TreeSet<>(Areas.checks().stream().map(Check::id).toList()));
  }
}
