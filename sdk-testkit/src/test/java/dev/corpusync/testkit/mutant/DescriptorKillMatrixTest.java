package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.describe.DescriptorJson;
import dev.corpusync.document.Kind;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.testkit.check.DescriptorChecks;
import dev.corpusync.testkit.check.DescriptorChecks.Validation;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.subject.Release;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Each check of a description fails on the mutants that it is there for, and on no others. */
class DescriptorKillMatrixTest {
  private static final Setting<String> MODE =
      Setting.select("mode", "Mode", Option.of("cloud"), Option.of("server")).withDefault("cloud");
  private static final Setting<URI> SITE = Setting.url("site", "Site").shownIf(MODE, "server");
  private static final Setting<String> TEAM =
      Setting.text("team", "Team").pattern("[a-z]+", "lower case letters").example("red");
  private static final Setting<Secret> KEY = Setting.password("key", "Key").length(8, 20);
  private static final Setting<List<String>> SPACES = Setting.list("spaces", "Spaces");
  private static final Setting<Long> DEPTH = Setting.number("depth", "Depth").withDefault("3");
  private static final List<Setting<?>> FIELDS = List.of(MODE, SITE, TEAM, KEY, SPACES, DEPTH);

  private record Mutant(String name, Connector connector, Validation by, Set<String> failed) {}

  @TestFactory
  List<DynamicTest> every_mutant_fails_exactly_its_checks() {
    return mutants().stream()
        .map(
            m ->
                DynamicTest.dynamicTest(
                    m.name(), () -> assertThat(failedBy(checks(m))).isEqualTo(m.failed())))
        .toList();
  }

  @TestFactory
  List<DynamicTest> every_check_kills_a_mutant() {
    Set<String> killers = new TreeSet<>();
    mutants().forEach(m -> killers.addAll(m.failed()));
    return checks(mutants().get(0)).keySet().stream()
        .map(check -> DynamicTest.dynamicTest(check, () -> assertThat(killers).contains(check)))
        .toList();
  }

  @TestFactory
  java.util.stream.Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    Map<String, Mutant> mutants =
        mutants().stream().collect(Collectors.toMap(Mutant::name, Function.identity()));
    Map<String, Set<String>> rows = new HashMap<>();
    mutants.forEach((name, mutant) -> rows.put(name, mutant.failed()));
    return EmptiedChecks.areNoticed(
        checks(mutants().get(0)).keySet(),
        rows,
        (mutant, emptied) -> {
          Map<String, Runnable> checks = checks(mutants.get(mutant));
          checks.put(emptied, () -> {});
          return failedBy(checks);
        });
  }

  private static List<Mutant> mutants() {
    return List.of(
        validation("reference", Configuration::of),
        validation("does not look for what is missing", missingIsNull(), "required"),
        validation("names no field", blamed("configuration"), "required", "wrong", "unknown"),
        validation("shows what was given", shown(false), "wrong", "unknown"),
        validation("shows it in the cause", shown(true), "wrong", "unknown"),
        validation("takes unknown fields", known(), "unknown"),
        validation("takes the first line only", firstLine(), "wrong"),
        validation("keeps secrets among the settings", secretsKept(), "sound"),
        connector("says something else each time", FIELDS, true, "ticket", "sound"),
        connector("has two kinds of one name", FIELDS, false, "ticket ticket", "sound"),
        connector("has renamed its kind", FIELDS, false, "case", "before"),
        connector(
            "gives no example of a shape",
            with(Setting.text("shape", "Shape").pattern("[x-z]{3}", "three letters")),
            false,
            "ticket",
            "sound",
            "required",
            "wrong",
            "unknown",
            "before"),
        connector(
            "asks for a field more", with(Setting.text("more", "More")), false, "ticket", "before"),
        connector("has a field less", FIELDS.subList(0, 5), false, "ticket", "before"),
        connector(
            "has an option less",
            List.of(
                Setting.select("mode", "Mode", Option.of("cloud")).withDefault("cloud"),
                Setting.url("site", "Site").optional(),
                TEAM,
                KEY,
                SPACES,
                DEPTH),
            false,
            "ticket",
            "before"));
  }

  private static Mutant validation(String name, Validation by, String... failed) {
    return new Mutant(name, new Described(FIELDS, false, "ticket"), by, Set.of(failed));
  }

  private static Mutant connector(
      String name, List<Setting<?>> fields, boolean fickle, String kinds, String... failed) {
    return new Mutant(
        name, new Described(fields, fickle, kinds), Configuration::of, Set.of(failed));
  }

  private static List<Setting<?>> with(Setting<?> more) {
    return List.of(MODE, SITE, TEAM, KEY, SPACES, DEPTH, more);
  }

  private static Set<String> failedBy(Map<String, Runnable> checks) {
    Set<String> failed = new TreeSet<>();
    checks.forEach(
        (name, check) -> {
          try {
            check.run();
          } catch (AssertionError e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain(DescriptorChecks.TAINT);
            failed.add(name);
          } catch (dev.corpusync.error.ConnectorDefectException e) {
            failed.add(name);
          }
        });
    return failed;
  }

  private static Map<String, Runnable> checks(Mutant mutant) {
    DescriptorChecks checks = new DescriptorChecks(mutant.connector(), Map.of(), mutant.by());
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("sound", checks::is_sound);
    all.put("required", checks::asks_for_each_required_field);
    all.put("wrong", checks::refuses_wrong_values_and_never_shows_them);
    all.put("unknown", checks::refuses_an_unknown_field);
    all.put("before", () -> checks.takes_what_was_right_before(List.of(before())));
    return all;
  }

  private static Release before() {
    return new Release(
        "1.0",
        DescriptorJson.of(new Described(FIELDS, false, "ticket")),
        JsonMapper.shared()
            .readTree(
                "{\"mode\":\"server\",\"site\":\"https://x.example.com\",\"team\":\"red\","
                    + "\"key\":\"12345678\",\"spaces\":[\"a\"],\"depth\":4}"));
  }

  private static Validation missingIsNull() {
    return (declared, given) -> {
      if (!given.containsKey("team")) {
        throw new IllegalStateException("no team");
      }
      return Configuration.of(declared, given);
    };
  }

  private static Validation blamed(String field) {
    return (declared, given) -> {
      try {
        return Configuration.of(declared, given);
      } catch (InvalidConfigurationException e) {
        throw new InvalidConfigurationException(field, "is wrong");
      }
    };
  }

  private static Validation shown(boolean inCause) {
    return (declared, given) -> {
      try {
        return Configuration.of(declared, given);
      } catch (InvalidConfigurationException e) {
        String value = String.valueOf(given.get(e.field()));
        InvalidConfigurationException refused =
            new InvalidConfigurationException(e.field(), inCause ? "is wrong" : "is " + value);
        refused.initCause(new IllegalArgumentException(inCause ? value : ""));
        throw refused;
      }
    };
  }

  private static Validation known() {
    return (declared, given) -> {
      Map<String, String> known = new HashMap<>(given);
      known.keySet().retainAll(declared.stream().map(Setting::name).toList());
      return Configuration.of(declared, known);
    };
  }

  private static Validation firstLine() {
    return (declared, given) -> {
      Map<String, String> lines = new HashMap<>(given);
      lines.replaceAll((name, value) -> value.lines().findFirst().orElse(""));
      return Configuration.of(declared, lines);
    };
  }

  private static Validation secretsKept() {
    return (declared, given) -> {
      Configuration taken = Configuration.of(declared, given);
      Map<String, String> all = new TreeMap<>(taken.settings().values());
      taken.secrets().forEach((name, secret) -> all.put(name, secret.reveal()));
      return new Configuration(Settings.stored(all), taken.secrets(), taken.askedSecrets());
    };
  }

  /** Tickets, described in one way or another. */
  private static final class Described implements Connector {
    private final List<Setting<?>> fields;
    private final boolean fickle;
    private final String kinds;
    private final AtomicInteger asked = new AtomicInteger();

    Described(List<Setting<?>> fields, boolean fickle, String kinds) {
      this.fields = fields;
      this.fickle = fickle;
      this.kinds = kinds;
    }

    @Override
    public Descriptor descriptor() {
      String title = fickle ? "Tickets " + asked.incrementAndGet() : "Tickets";
      return Descriptor.of("tickets", title, "https://api.tickets.example")
          .settings(fields.toArray(Setting<?>[]::new))
          .build();
    }

    @Override
    public List<Stream> streams() {
      return java.util.stream.Stream.of(kinds.split(" "))
          .<Stream>map(
              name ->
                  new ReferenceConnector() {
                    @Override
                    public Kind kind() {
                      return Kind.of(name);
                    }
                  })
          .toList();
    }
  }
}
