package dev.corpusync.testkit.probe;

import dev.corpusync.connection.Condition;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations that a connector should take, made from what it declares. */
public final class SampleConfigurations {
  private final List<Setting<?>> declared;
  private final Map<String, String> given;

  /**
   * @param given by the author, where nothing that is declared leads to a value
   */
  public SampleConfigurations(List<Setting<?>> declared, Map<String, String> given) {
    this.declared = declared;
    this.given = given;
  }

  /** A value that the field takes. */
  public String of(Setting<?> setting) {
    String sample =
        Optional.ofNullable(given.get(setting.name()))
            .or(setting::example)
            .or(() -> setting.fallback().filter(v -> !v.isBlank()))
            .or(() -> setting.options().stream().map(Option::value).findFirst())
            .orElseGet(() -> natural(setting));
    if (!setting.takes(sample)) {
      throw new AssertionError(
          "no value is known that the setting '"
              + setting.name()
              + "' takes: give it an example(), or one to the contract");
    }
    return sample;
  }

  private static String natural(Setting<?> setting) {
    long least = setting.bounds().map(b -> b.least()).orElse(1L);
    return switch (setting.type()) {
      case CHECKBOX -> "true";
      case NUMBER -> Long.toString(Math.max(least, 0));
      case URL -> "https://sample.example.com";
      case EMAIL -> "sample@example.com";
      case INSTANT -> "2026-01-31T00:00:00Z";
      case DATE_RANGE -> "2026-01-01/2026-03-31";
      default -> "s".repeat((int) least);
    };
  }

  /** The least that is enough. */
  public Map<String, String> least() {
    return configuration(Map.of());
  }

  /** The least in which a field is shown, with a value in it. */
  public Map<String, String> with(Setting<?> setting) {
    return with(setting, of(setting));
  }

  private Map<String, String> with(Setting<?> setting, String value) {
    Map<String, String> wanted = new HashMap<>();
    wanted.put(setting.name(), value);
    Optional<Condition> condition = setting.shownIf();
    while (condition.isPresent()) {
      Setting<?> other = named(condition.get().setting());
      wanted.put(
          other.name(), condition.get().values().stream().sorted().findFirst().orElse(of(other)));
      condition = other.shownIf();
    }
    return configuration(wanted);
  }

  private Map<String, String> configuration(Map<String, String> wanted) {
    Map<String, String> values = new HashMap<>();
    for (Setting<?> setting : declared) {
      if (isShown(setting, values)) {
        Optional.ofNullable(wanted.get(setting.name()))
            .or(() -> setting.isRequired() ? Optional.of(of(setting)) : Optional.empty())
            .ifPresent(value -> values.put(setting.name(), value));
      }
    }
    return values;
  }

  private boolean isShown(Setting<?> setting, Map<String, String> values) {
    if (setting.shownIf().isEmpty()) {
      return true;
    }
    Setting<?> other = named(setting.shownIf().get().setting());
    String value = values.getOrDefault(other.name(), other.fallback().orElse(""));
    return isShown(other, values) && setting.shownIf().get().holds(other.kept(value));
  }

  private Setting<?> named(String name) {
    return declared.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
