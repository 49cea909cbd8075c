package dev.corpusync.connection;

import dev.corpusync.auth.Secret;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The validated values of a configuration form: settings, which are stored and which connectors
 * read, and secrets, which go to a vault.
 *
 * @param secrets that were given, by the name of their field
 * @param askedSecrets the names of all secrets that these settings ask for, given or not
 * @since 0.1
 */
public record Configuration(
    Settings settings, Map<String, Secret> secrets, Set<String> askedSecrets) {
  /** Stands for a stored secret, for fields that are shown only if it has a value. */
  private static final String KEPT = "kept";

  public Configuration {
    askedSecrets = Set.copyOf(askedSecrets);
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }

  /**
   * Validates values against their declarations. A blank value counts as not given, and for several
   * values as none of them. A field that is not given has its default.
   *
   * @throws InvalidConfigurationException naming the first field that is unknown, missing, wrong,
   *     or given though it is hidden; never its value
   */
  public static Configuration of(List<Setting<?>> declared, Map<String, String> given) {
    return read(declared, given, Set.of(), true);
  }

  /**
   * Validates values where secrets were given before: a form does not show them again, so one that
   * is not given stays as it is.
   *
   * @param kept the names of their fields
   */
  public static Configuration of(
      List<Setting<?>> declared, Map<String, String> given, Set<String> kept) {
    return read(declared, given, kept, true);
  }

  /** Validates a form that is only partly filled in: nothing is required yet. */
  public static Configuration soFar(List<Setting<?>> declared, Map<String, String> given) {
    return read(declared, given, Set.of(), false);
  }

  private static Configuration read(
      List<Setting<?>> declared, Map<String, String> given, Set<String> kept, boolean complete) {
    refuseUnknown(declared, given);
    Map<String, String> shown = new HashMap<>();
    Map<String, String> settings = new TreeMap<>();
    Map<String, Secret> secrets = new TreeMap<>();
    Set<String> asked = new TreeSet<>();
    for (Setting<?> setting : declared) {
      Optional<String> value = given(setting, given);
      if (!isShown(setting, declared, shown)) {
        value.filter(v -> !v.isEmpty()).ifPresent(v -> refuseHidden(setting));
        continue;
      }
      if (setting.isSecret()) {
        asked.add(setting.name());
        if (value.isEmpty() && kept.contains(setting.name())) {
          shown.put(setting.name(), KEPT);
          continue;
        }
      }
      value = value.or(setting::fallback);
      if (value.isEmpty() && complete && setting.isRequired()) {
        throw new InvalidConfigurationException(
            setting.name(), "is required (" + setting.label() + ")");
      }
      value.ifPresent(
          text -> {
            Object read = setting.parse(text);
            shown.put(setting.name(), setting.kept(text));
            if (read instanceof Secret secret) {
              secrets.put(setting.name(), secret);
            } else {
              settings.put(setting.name(), setting.kept(text));
            }
          });
    }
    return new Configuration(Settings.stored(settings), secrets, asked);
  }

  private static void refuseUnknown(List<Setting<?>> declared, Map<String, String> given) {
    List<String> names = declared.stream().map(Setting::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        // A name that is not one may be a value in the wrong place.
        String printable = name.matches("[A-Za-z][A-Za-z0-9_.-]{0,63}") ? name : "…";
        throw new InvalidConfigurationException(printable, "is not one of " + names);
      }
    }
  }

  private static boolean isShown(
      Setting<?> setting, List<Setting<?>> declared, Map<String, String> shown) {
    return setting.shownIf().isEmpty()
        || setting.shownIf().get().holds(shown.getOrDefault(other(setting, declared), ""));
  }

  private static String other(Setting<?> setting, List<Setting<?>> declared) {
    String name = setting.shownIf().map(Condition::setting).orElse("");
    if (declared.stream().noneMatch(s -> s.name().equals(name))) {
      throw new ConnectorDefectException(
          "the setting '"
              + setting.name()
              + "' is shown only if '"
              + name
              + "' has a value, which is no setting of this connector");
    }
    return name;
  }

  private static void refuseHidden(Setting<?> setting) {
    throw new InvalidConfigurationException(
        setting.name(),
        "is not asked for with this value of '"
            + setting.shownIf().map(Condition::setting).orElse("")
            + "': leave it out");
  }

  private static Optional<String> given(Setting<?> setting, Map<String, String> given) {
    String value = given.get(setting.name());
    if (value == null) {
      return Optional.empty();
    }
    if (!ValueSyntax.strip(value).isEmpty()) {
      return Optional.of(value);
    }
    boolean noneOfThem = setting.type().isSeveral() && !setting.isRequired();
    return noneOfThem ? Optional.of("") : Optional.empty();
  }

  /** The names only. */
  @Override
  public String toString() {
    return "Configuration(" + settings + ", secrets" + secrets.keySet() + ")";
  }
}
