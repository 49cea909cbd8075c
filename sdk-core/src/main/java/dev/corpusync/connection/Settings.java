package dev.corpusync.connection;

import dev.corpusync.error.InvalidConfigurationException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The validated configuration of one connection. Immutable; holds no secret.
 *
 * @since 0.1
 */
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

  /** Returns a copy that reports the name of each setting that is read. */
  public Settings watched(Consumer<String> reader) {
    return new Settings(values, reader);
  }

  /**
   * Validates settings as {@link Configuration} does; secrets among them are checked and dropped.
   *
   * @throws InvalidConfigurationException naming the first field that is unknown, missing or wrong
   */
  public static Settings of(List<Setting<?>> declared, Map<String, String> given) {
    return Configuration.of(declared, given).settings();
  }

  /** Restores stored settings; they were validated when the connection was created. */
  public static Settings stored(Map<String, String> values) {
    return new Settings(Collections.unmodifiableMap(new TreeMap<>(values)));
  }

  /** Returns the value, or the default. An optional or hidden field may have neither. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    setting.name(),
                    setting.isSecret()
                        ? "is a secret, which no connector reads"
                        : "has no value: it is not filled in yet, or optional, or hidden (use find"
                            + " then), or not in the connector's descriptor"));
  }

  /** Returns the value, or the default; empty when there is neither. */
  public <T> Optional<T> find(Setting<T> setting) {
    reader.accept(setting.name());
    // A default that came with a newer version of the connector is not in what was stored.
    return Optional.ofNullable(values.get(setting.name()))
        .or(setting::fallback)
        .map(setting::parse);
  }

  /** Whether both are equal once defaults are filled in, also of settings that were added later. */
  public boolean sameAs(Settings other, List<Setting<?>> declared) {
    return completed(declared).equals(other.completed(declared));
  }

  private Map<String, String> completed(List<Setting<?>> declared) {
    Map<String, String> all = new TreeMap<>(values);
    for (Setting<?> setting : declared) {
      setting.fallback().ifPresent(value -> all.putIfAbsent(setting.name(), setting.kept(value)));
    }
    return all;
  }

  /** Returns the names of the settings that have another value, or none, in the other settings. */
  public Set<String> differing(Settings other) {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(other.values.keySet());
    names.removeIf(name -> Objects.equals(values.get(name), other.values.get(name)));
    return names;
  }

  /** Returns the values as given, with defaults filled in; sorted by name. */
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
