package dev.corpusync.describe;

import dev.corpusync.connection.DateRange;
import dev.corpusync.connection.Setting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses the post of a {@link ConfigurationForm} into the values that {@code Corpusync.connect}
 * takes: a missing checkbox is false, several values are joined, and values of hidden fields are
 * dropped, also where no script could hide them. Values are not validated, and unknown names are
 * kept for the validation that follows to refuse.
 *
 * @since 0.1
 */
public final class FormPost {
  static final String FROM = ".from";
  static final String TO = ".to";
  private final Map<String, Setting<?>> declared = new LinkedHashMap<>();
  private final Map<String, List<String>> posted;

  private FormPost(List<Setting<?>> settings, Map<String, List<String>> posted) {
    settings.forEach(setting -> declared.put(setting.name(), setting));
    this.posted = new HashMap<>(posted);
  }

  /**
   * @param posted all values of each name, decoded
   */
  public static Map<String, String> values(
      List<Setting<?>> settings, Map<String, List<String>> posted) {
    return new FormPost(settings, posted).values();
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    for (Setting<?> setting : declared.values()) {
      if (isShown(setting)) {
        value(setting).ifPresent(value -> values.put(setting.name(), value));
      }
      posted.remove(setting.name());
      posted.remove(setting.name() + FROM);
      posted.remove(setting.name() + TO);
    }
    posted.keySet().forEach(unknown -> values.put(unknown, ""));
    return values;
  }

  private boolean isShown(Setting<?> setting) {
    return setting
        .shownIf()
        .map(
            condition ->
                Optional.<Setting<?>>ofNullable(declared.get(condition.setting()))
                    .filter(this::isShown)
                    .filter(other -> condition.holds(value(other).map(other::kept).orElse("")))
                    .isPresent())
        .orElse(true);
  }

  private Optional<String> value(Setting<?> setting) {
    String name = setting.name();
    return switch (setting.type()) {
      case CHECKBOX -> Optional.of(Boolean.toString(posted.containsKey(name)));
      case LIST, MULTI_SELECT -> Optional.of(String.join(",", lines(name)));
      case DATE_RANGE -> range(name);
      default -> one(name);
    };
  }

  private List<String> lines(String name) {
    return posted.getOrDefault(name, List.of()).stream().flatMap(String::lines).toList();
  }

  private Optional<String> range(String name) {
    String from = one(name + FROM).orElse(DateRange.OPEN);
    String to = one(name + TO).orElse(DateRange.OPEN);
    boolean open = from.equals(DateRange.OPEN) && to.equals(DateRange.OPEN);
    return open ? Optional.empty() : Optional.of(from + "/" + to);
  }

  private Optional<String> one(String name) {
    return posted.getOrDefault(name, List.of()).stream().filter(v -> !v.isBlank()).findFirst();
  }
}
