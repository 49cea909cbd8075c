package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.Check;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for authors of stores shows every check, as it is. */
class StoreDocsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (STO-\\d\\d[a-z]) \\| (.*?) \\|");

  private static Map<String, Method> checks() {
    Map<String, Method> all = new TreeMap<>();
    for (Class<?> contract :
        List.of(StoreContract.class, JdbcContract.class, SharedContract.class)) {
      KillMatrix.checks(contract).forEach((id, check) -> assertThat(all.put(id, check)).isNull());
    }
    return all;
  }

  @Test
  void every_check_is_in_the_table_with_its_sentence() throws IOException {
    Path root = Path.of(System.getProperty("corpusync.root", ".."));
    Matcher row = ROW.matcher(Files.readString(root.resolve("docs/writing-a-store.md")));
    Map<String, String> shown = new TreeMap<>();
    while (row.find()) {
      shown.put(row.group(1), row.group(2));
    }
    Map<String, String> rules = new TreeMap<>();
    checks().forEach((id, check) -> rules.put(id, check.getAnnotation(Check.class).rule()));
    assertThat(shown).isEqualTo(rules);
  }

  @Test
  void no_check_can_be_overridden() {
    assertThat(checks().values())
        .allMatch(m -> Modifier.isPublic(m.getModifiers()) && Modifier.isFinal(m.getModifiers()));
  }
}
