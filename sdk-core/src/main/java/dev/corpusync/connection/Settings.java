package dev.corpusync.connection;

import dev.corpusync.error.InvalidConfigurationException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The validated configuration of one connection. Immutable; holds no secret. */
public final class Settings {
  private final Map<String, String> values;
  private final Consumer<String> reader;

  private Settings(Map<String, String> values) {
    this(values, name -> {});
  }

  private Settings(Map<String, String> values, Consumer<String> reader) {
    this.values = values;
    this.reader = reader;
  }

  /** The same, which tell the name of each setting that is looked at. */
  public Settings watched(Consumer<String> hears) {
    return new Settings(values, hears);
  }

  /**
   * Checks values against their declarations.
   *
   * @throws InvalidConfigurationException naming the first field that is missing, wrong or unknown
   */
  public static Settings of(List<Setting<?>> declared, Map<String, String> given) {
    Map<String, String> values = new TreeMap<>();
    for (Setting<?> setting : declared) {
      String value =
          given.containsKey(setting.name())
              ? given.get(setting.name())
              : setting.fallback().orElse("");
      if (value.isBlank() && setting.fallback().isEmpty()) {
        throw new InvalidConfigurationException(
            setting.name(), "is required (" + setting.label() + ")");
      }
      Objects.requireNonNull(setting.parse(value));
      values.put(setting.name(), value);
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new InvalidConfigurationException(name, "is not one of " + values.keySet());
      }
    }
    return new Settings(Collections.unmodifiableMap(values));
  }

  /** Restores what a store kept; it was checked when the connection was made. */
  public static Settings stored(Map<String, String> values) {
    return new Settings(Collections.unmodifiableMap(new TreeMap<>(values)));
  }

  public <T> T get(Setting<T> setting) {
    reader.accept(setting.name());
    String value = values.get(setting.name());
    if (value == null) {
      throw new InvalidConfigurationException(
          setting.name(), "is not declared in the connector's descriptor");
    }
    return setting.parse(value);
  }

  /** As they were given, with defaults filled in; sorted by name. */
  public Map<String, String> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings s && s.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names only. */
  @Override
  public String toString() {
    return "Settings" + values.keySet();
  }
}
