package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Setting.Type;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.describe.ConfigurationForm;
import dev.corpusync.describe.ConfigurationJson;
import dev.corpusync.describe.ConfigurationSchema;
import dev.corpusync.describe.DescriptorJson;
import dev.corpusync.document.Field;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.testkit.probe.SampleConfigurations;
import dev.corpusync.testkit.subject.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The rules of a description, each as one method that throws an AssertionError. */
public final class DescriptorChecks {
  /** What must not come back. */
  public static final String TAINT = "t4int-7f3a";

  /** How a configuration is checked; a test of this class breaks it. */
  @FunctionalInterface
  public interface Validation {
    Configuration check(List<Setting<?>> declared, Map<String, String> given);
  }

  private final Connector connector;
  private final Descriptor descriptor;
  private final List<Setting<?>> settings;
  private final SampleConfigurations samples;
  private final Validation validation;

  public DescriptorChecks(Connector connector, Map<String, String> given, Validation validation) {
    this.connector = connector;
    this.validation = validation;
    descriptor = connector.descriptor();
    settings = descriptor.settings();
    samples = new SampleConfigurations(settings, given);
  }

  /** CFG-01: it can be registered, says the same each time, and takes what it gives as examples. */
  public void is_sound() {
    Corpusync.builder(MemoryStore.open()).connector(connector).build().close();
    assertThat(connector.streams()).as("what it reads").isNotEmpty();
    assertThat(DescriptorJson.text(connector))
        .as("what it says of itself when it is asked again")
        .isEqualTo(DescriptorJson.text(connector));
    assertThat(ConfigurationForm.of(descriptor, "/").page()).as("its form").contains("<form");
    for (Stream stream : connector.streams()) {
      if (stream instanceof DocumentStream documents) {
        assertThat(documents.fields())
            .as("names of the fields of %s", stream.kind())
            .extracting(Field::name)
            .doesNotHaveDuplicates();
      }
    }
    Settings least = validation.check(settings, samples.least()).settings();
    assertThat(descriptor.baseUrl(least).isAbsolute()).as("the base URL is absolute").isTrue();
    settings.forEach(this::takesItsSample);
  }

  private void takesItsSample(Setting<?> setting) {
    String sample = samples.of(setting);
    Configuration taken = validation.check(settings, samples.with(setting));
    JsonNode schema = ConfigurationSchema.of(descriptor);
    if (setting.isSecret()) {
      Secret secret = taken.secrets().get(setting.name());
      assertThat(secret).as("the secret '%s'", setting.name()).isNotNull();
      assertThat(taken.settings().values())
          .as("settings, where the secret '%s' must not be", setting.name())
          .doesNotContainKey(setting.name());
      assertThat(schema.findValue(setting.name()).path("writeOnly").asBoolean(false))
          .as("the schema says that '%s' is never shown", setting.name())
          .isTrue();
    } else {
      assertThat(taken.settings().values())
          .as("settings with the sample of '%s'", setting.name())
          .containsEntry(setting.name(), setting.kept(sample));
    }
  }

  /** CFG-02: each required field that is missing or blank is asked for by its name. */
  public void asks_for_each_required_field() {
    for (Setting<?> setting : settings) {
      if (setting.isRequired()) {
        Map<String, String> missing = new HashMap<>(samples.with(setting));
        missing.remove(setting.name());
        refuses(setting.name(), missing, "is missing");
        missing.put(setting.name(), "  ");
        refuses(setting.name(), missing, "is blank");
      }
    }
  }

  /** CFG-03, CFG-04: each wrong value is refused by the name of its field, and never shown. */
  public void refuses_wrong_values_and_never_shows_them() {
    for (Setting<?> setting : settings) {
      for (String wrong : wrong(setting)) {
        Map<String, String> given = new HashMap<>(samples.with(setting));
        given.put(setting.name(), wrong);
        refuses(setting.name(), given, "is wrong");
      }
      if (setting.type() == Type.URL && descriptor.settings().contains(setting)) {
        Map<String, String> given = new HashMap<>(samples.with(setting));
        given.put(setting.name(), samples.of(setting) + "//");
        assertThat(validation.check(settings, given).settings().get(setting).toString())
            .as("'%s' with slashes behind it, since paths are appended", setting.name())
            .doesNotEndWith("/");
      }
    }
  }

  private List<String> wrong(Setting<?> setting) {
    String good = samples.of(setting);
    List<String> wrong = new ArrayList<>();
    for (String end : List.of("\n", "\r\nX-Evil: ", "\u0000", "\u2028", "\u0085")) {
      wrong.add(good + end + TAINT);
      wrong.add(TAINT + end + good);
    }
    wrong.add(good + "\n");
    wrong.add(TAINT.repeat(100_000));
    switch (setting.type()) {
      case CHECKBOX, NUMBER, INSTANT, DATE_RANGE, EMAIL -> wrong.add(TAINT);
      case URL ->
          wrong.addAll(
              List.of(
                  TAINT,
                  "//" + TAINT,
                  "ftp://" + TAINT,
                  "javascript:" + TAINT,
                  "https://user:" + TAINT + "@example.com",
                  "https://example.com/" + TAINT + " x"));
      case SELECT, MULTI_SELECT -> {
        if (!setting.isFetched()) {
          wrong.add(TAINT);
        }
      }
      default -> {}
    }
    return wrong;
  }

  /** CFG-05: a field that nobody declared is refused by its name. */
  public void refuses_an_unknown_field() {
    Map<String, String> given = new HashMap<>(samples.least());
    given.put("no_such_field", TAINT);
    refuses("no_such_field", given, "is unknown");
  }

  private void refuses(String field, Map<String, String> given, String why) {
    InvalidConfigurationException refused;
    try {
      validation.check(settings, given);
      throw new AssertionError("'" + field + "' " + why + " and was taken");
    } catch (InvalidConfigurationException e) {
      refused = e;
    } catch (RuntimeException e) {
      throw new AssertionError(
          "'" + field + "' " + why + " and led to a " + e.getClass().getName());
    }
    assertThat(refused.field())
        .as("the field that is named when '%s' %s", field, why)
        .isEqualTo(field);
    for (Throwable at = refused; at != null; at = at.getCause()) {
      assertThat(at.toString().contains(TAINT))
          .as("the value of '%s' in a message, or in that of a cause", field)
          .isFalse();
    }
  }

  /** CFG-08: what the users of an earlier release have stays right. */
  public void takes_what_was_right_before(List<Release> releases) {
    for (Release release : releases) {
      JsonNode then = release.descriptor();
      JsonNode now = DescriptorJson.of(connector);
      assertThat(now.path("id")).as("the id since %s", release.name()).isEqualTo(then.path("id"));
      keeps(then, now, "kinds", "kind", release);
      keeps(then, now, "settings", "name", release);
      keeps(then, now, "auth", "scheme", release);
      keeps(then, now, "operations", "name", release);
      Map<String, String> values;
      try {
        values = ConfigurationJson.values(settings, release.configuration());
        validation.check(settings, values);
      } catch (InvalidConfigurationException e) {
        throw new AssertionError(
            "a configuration of " + release.name() + " is refused now: " + e.getMessage());
      }
    }
  }

  private static void keeps(JsonNode then, JsonNode now, String list, String key, Release since) {
    assertThat(names(now, list, key))
        .as("%s that %s had", list, since.name())
        .containsAll(names(then, list, key));
  }

  private static TreeSet<String> names(JsonNode descriptor, String list, String key) {
    TreeSet<String> names = new TreeSet<>();
    descriptor.path(list).forEach(one -> names.add(one.path(key).stringValue()));
    return names;
  }
}
