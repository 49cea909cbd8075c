package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.contract.DocsPage;
import dev.corpusync.testkit.mutant.KillMatrix;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The page for authors of stores shows every check, with its mutants. */
class StoreDocsTest {
  private record Contract(Class<? extends StoreFixture> type, String of, KillMatrix<?> matrix) {}

  private static final List<Contract> CONTRACTS =
      List.of(
          new Contract(StoreContract.class, "any store", StoreKillMatrixTest.MATRIX),
          new Contract(JdbcContract.class, "in a database", JdbcKillMatrixTest.MATRIX),
          new Contract(SharedContract.class, "two processes", SharedKillMatrixTest.MATRIX));

  @Test
  void every_check_is_in_the_table_with_its_sentence_and_its_mutants() {
    Map<String, String> rows = new TreeMap<>();
    for (Contract contract : CONTRACTS) {
      Map<String, List<String>> mutants = contract.matrix().mutantsByCheck();
      StoreTrial.checks(contract.type())
          .forEach(
              (id, check) -> {
                String row =
                    String.join(
                        " | ",
                        "| " + id,
                        check.getAnnotation(Check.class).rule(),
                        contract.of(),
                        String.join(", ", mutants.get(id)) + " |\n");
                assertThat(rows.put(id, row)).as(id).isNull();
              });
    }
    new DocsPage("writing-a-store.md")
        .shows(
            "checks",
            "| id | what must hold | for | mutants |\n|---|---|---|---|\n"
                + String.join("", rows.values()));
  }

  @Test
  void no_check_can_be_overridden() {
    assertThat(CONTRACTS.stream().flatMap(c -> StoreTrial.checks(c.type()).values().stream()))
        .allMatch(m -> Modifier.isPublic(m.getModifiers()) && Modifier.isFinal(m.getModifiers()));
  }
}
