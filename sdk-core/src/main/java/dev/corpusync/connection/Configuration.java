package dev.corpusync.connection;

import dev.corpusync.auth.Secret;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person filled in, checked and taken apart: settings, which are stored and which connectors
 * read, and secrets, which go to a vault.
 *
 * @param secrets by the name of their field
 */
public record Configuration(Settings settings, Map<String, Secret> secrets) {
  public Configuration {
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }

  /**
   * Checks values against their declarations. A field that is not given has its default. A blank
   * value counts as not given where the field is optional or hidden.
   *
   * @throws InvalidConfigurationException naming the first field that is unknown, missing, wrong,
   *     or given though it is hidden; never its value
   */
  public static Configuration of(List<Setting<?>> declared, Map<String, String> given) {
    return of(
        declared,
        given,
        setting -> {
          throw new InvalidConfigurationException(
              setting.name(), "is required (" + setting.label() + ")");
        });
  }

  /** The same for a form that is only partly filled in: nothing is required yet. */
  public static Configuration soFar(List<Setting<?>> declared, Map<String, String> given) {
    return of(declared, given, setting -> {});
  }

  private static Configuration of(
      List<Setting<?>> declared, Map<String, String> given, Consumer<Setting<?>> missing) {
    refuseUnknown(declared, given);
    Map<String, String> values = new HashMap<>();
    Map<String, String> open = new TreeMap<>();
    Map<String, Secret> secrets = new HashMap<>();
    for (Setting<?> setting : declared) {
      Optional<String> value =
          isShown(setting, declared, values)
              ? value(setting, given.get(setting.name()), missing)
              : hidden(setting, given.get(setting.name()));
      value.ifPresent(
          text -> {
            Object read = setting.parse(text);
            values.put(setting.name(), text.strip());
            if (read instanceof Secret secret) {
              secrets.put(setting.name(), secret);
            } else {
              open.put(setting.name(), text.strip());
            }
          });
    }
    return new Configuration(Settings.stored(open), secrets);
  }

  private static void refuseUnknown(List<Setting<?>> declared, Map<String, String> given) {
    List<String> names = declared.stream().map(Setting::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        // A name that is not one may be a value in the wrong place.
        String shown = name.matches("[A-Za-z][A-Za-z0-9_.-]{0,63}") ? name : "…";
        throw new InvalidConfigurationException(shown, "is not one of " + names);
      }
    }
  }

  private static boolean isShown(
      Setting<?> setting, List<Setting<?>> declared, Map<String, String> values) {
    if (setting.shownIf().isEmpty()) {
      return true;
    }
    Condition condition = setting.shownIf().get();
    if (declared.stream().noneMatch(s -> s.name().equals(condition.setting()))) {
      throw new ConnectorDefectException(
          "the setting '"
              + setting.name()
              + "' is shown only if '"
              + condition.setting()
              + "' has a value, which is no setting of this connector");
    }
    return condition.holds(values.getOrDefault(condition.setting(), ""));
  }

  private static Optional<String> hidden(Setting<?> setting, @Nullable String given) {
    if (given != null && !given.isBlank()) {
      throw new InvalidConfigurationException(
          setting.name(),
          "is not asked for with this value of '"
              + setting.shownIf().map(Condition::setting).orElse("")
              + "': leave it out");
    }
    return Optional.empty();
  }

  private static Optional<String> value(
      Setting<?> setting, @Nullable String given, Consumer<Setting<?>> missing) {
    if (given == null && setting.fallback().isPresent()) {
      return setting.fallback();
    }
    if (setting.isRequired() && (given == null || given.isBlank())) {
      missing.accept(setting);
      return Optional.empty();
    }
    boolean absent = given == null || (given.isBlank() && setting.fallback().isEmpty());
    return absent ? Optional.empty() : Optional.ofNullable(given);
  }

  /** The names only. */
  @Override
  public String toString() {
    return "Configuration(" + settings + ", secrets" + secrets.keySet() + ")";
  }
}
