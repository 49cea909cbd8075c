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
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Each check of a description fails on the mutants that it is there for, and on no others. */
class DescriptorKillMatrixTest extends KillMatrixContract {
  private static final Setting<String> MODE =
      Setting.select("mode", "Mode", Option.of("cloud"), Option.of("server")).withDefault("cloud");
  private static final Setting<URI> SITE = Setting.url("site", "Site").shownIf(MODE, "server");
  private static final Setting<String> TEAM =
      Setting.text("team", "Team").pattern("[a-z]+", "lower case letters").example("red");
  private static final Setting<Secret> KEY = Setting.password("key", "Key").length(8, 20);
  private static final Setting<List<String>> SPACES = Setting.list("spaces", "Spaces");
  private static final Setting<Long> DEPTH = Setting.number("depth", "Depth").withDefault("3");
  private static final List<Setting<?>> FIELDS = List.of(MODE, SITE, TEAM, KEY, SPACES, DEPTH);
  private static final Connector TICKETS = new Described(FIELDS, false, "ticket");

  /**
   * @param by how a configuration is checked
   */
  private record Tried(Connector connector, Validation by) {}

  @Override
  protected KillMatrix<?> matrix() {
    List<KillMatrix.Entry<Tried>> mutants = mutants();
    return KillMatrix.of(
        "descriptions",
        checks(mutants.get(0).subject()).keySet(),
        mutants,
        (tried, shown, emptied) -> {
          Map<String, Runnable> checks = checks(tried);
          checks.keySet().removeIf(shown.negate());
          emptied.forEach(id -> checks.put(id, () -> {}));
          return failures(checks);
        });
  }

  private static List<KillMatrix.Entry<Tried>> mutants() {
    return List.of(
        KillMatrix.Entry.right("reference", new Tried(TICKETS, Configuration::of)),
        validation(
            "does not look for what is missing", "asks_for_each_required_field", missingIsNull()),
        validation(
            "names no field", "refuses_wrong_values_and_never_shows_them", blamed("configuration")),
        validation(
            "shows what was given", "refuses_wrong_values_and_never_shows_them", shown(false)),
        validation(
            "shows it in the cause", "refuses_wrong_values_and_never_shows_them", shown(true)),
        validation("takes unknown fields", "refuses_an_unknown_field", known()),
        validation(
            "takes the first line only", "refuses_wrong_values_and_never_shows_them", firstLine()),
        validation("keeps secrets among the settings", "is_sound", secretsKept()),
        connector(
            "says something else each time", "is_sound", new Described(FIELDS, true, "ticket")),
        connector(
            "has two kinds of one name", "is_sound", new Described(FIELDS, false, "ticket ticket")),
        connector(
            "has renamed its kind",
            "takes_what_was_right_before",
            new Described(FIELDS, false, "case")),
        connector(
            "gives no example of a shape",
            "is_sound",
            new Described(
                with(Setting.text("shape", "Shape").pattern("[x-z]{3}", "three letters")),
                false,
                "ticket")),
        connector(
            "asks for a field more",
            "takes_what_was_right_before",
            new Described(with(Setting.text("more", "More")), false, "ticket")),
        connector(
            "has a field less",
            "takes_what_was_right_before",
            new Described(FIELDS.subList(0, 5), false, "ticket")),
        connector(
            "has an option less",
            "takes_what_was_right_before",
            new Described(
                List.of(
                    Setting.select("mode", "Mode", Option.of("cloud")).withDefault("cloud"),
                    Setting.url("site", "Site").optional(),
                    TEAM,
                    KEY,
                    SPACES,
                    DEPTH),
                false,
                "ticket")));
  }

  private static KillMatrix.Entry<Tried> validation(String name, String foundBy, Validation by) {
    return KillMatrix.Entry.of(name, foundBy, new Tried(TICKETS, by));
  }

  private static KillMatrix.Entry<Tried> connector(
      String name, String foundBy, Connector connector) {
    return KillMatrix.Entry.of(name, foundBy, new Tried(connector, Configuration::of));
  }

  private static List<Setting<?>> with(Setting<?> more) {
    return List.of(MODE, SITE, TEAM, KEY, SPACES, DEPTH, more);
  }

  private static Map<String, String> failures(Map<String, Runnable> checks) {
    Map<String, String> failed = new LinkedHashMap<>();
    checks.forEach(
        (name, check) -> {
          try {
            check.run();
          } catch (AssertionError e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain(DescriptorChecks.TAINT);
            failed.put(name, String.valueOf(e.getMessage()));
          } catch (dev.corpusync.error.ConnectorDefectException e) {
            failed.put(name, String.valueOf(e.getMessage()));
          }
        });
    return failed;
  }

  private static Map<String, Runnable> checks(Tried tried) {
    DescriptorChecks checks = new DescriptorChecks(tried.connector(), Map.of(), tried.by());
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("is_sound", checks::is_sound);
    all.put("asks_for_each_required_field", checks::asks_for_each_required_field);
    all.put(
        "refuses_wrong_values_and_never_shows_them",
        checks::refuses_wrong_values_and_never_shows_them);
    all.put("refuses_an_unknown_field", checks::refuses_an_unknown_field);
    all.put(
        "takes_what_was_right_before", () -> checks.takes_what_was_right_before(List.of(before())));
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
