package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.auth.AuthContract;
import dev.corpusync.testkit.auth.AuthSubject;
import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.store.JdbcContract;
import dev.corpusync.testkit.store.SharedContract;
import dev.corpusync.testkit.store.StoreContract;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page about the catalogue leaves no rule and no check out, and names checks that exist. */
class CatalogueTest {
  private static final DocsPage PAGE = new DocsPage("catalogue.md");
  private static final Pattern RULE =
      Pattern.compile("(?m)^\\| ([A-Z]+-\\d\\d) \\| ([^|]+) \\|([^|]*)\\|([^|]*)\\|$");

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

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    Matcher line = RULE.matcher(PAGE.text());
    while (line.find()) {
      rules.add(new Rule(line.group(1), names(line.group(3)), line.group(4).strip()));
    }
    return rules;
  }

  private static List<String> names(String cell) {
    return Arrays.stream(cell.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  /** The checks of every contract, by what they are called there, with their rules. */
  private static Map<String, String> checks() {
    Map<String, String> all = new TreeMap<>();
    Areas.checks().forEach(check -> all.put(check.id(), check.rule()));
    for (Class<?> contract :
        List.of(StoreContract.class, JdbcContract.class, SharedContract.class)) {
      Areas.methods(contract).stream()
          .map(m -> m.getAnnotation(Check.class))
          .forEach(check -> all.put(check.id(), check.rule()));
    }
    AuthContract tokens =
        new AuthContract() {
          @Override
          protected AuthSubject subject() {
            return AuthSubject.corpusync();
          }
        };
    tokens.auth().stream().map(DynamicTest::getDisplayName).forEach(id -> all.put(id, ""));
    Arrays.stream(DescriptorContract.class.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .forEach(check -> all.put("`DescriptorContract." + check + "`", ""));
    all.put("`SecretsContract`", "");
    return all;
  }

  @Test
  void every_rule_of_the_catalogue_is_there_once_and_in_its_order() {
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
  Stream<DynamicTest> a_rule_has_checks_that_exist_or_a_reason() {
    Set<String> checks = checks().keySet();
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
  void checks_that_no_rule_asked_for_are_listed() {
    Map<String, String> others = checks();
    rules().forEach(rule -> others.keySet().removeAll(rule.checks()));
    StringBuilder table = new StringBuilder("| here | about |\n|---|---|\n");
    others.forEach((id, rule) -> table.append("| " + id + " | " + rule + " |\n"));
    PAGE.shows("checks without a rule", table.toString());
  }
}
