package dev.corpusync.describe;

import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.Setting;
import dev.corpusync.error.InvalidConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A configuration as JSON, with numbers, lists and yes or no as such: what {@link
 * ConfigurationSchema} describes and forms that are drawn from it send.
 *
 * @since 0.1
 */
public final class ConfigurationJson {
  private ConfigurationJson() {}

  /**
   * Checks a configuration. Blanks around a text are dropped, and a blank text counts as not given;
   * after that it takes what the schema takes, but that a range of dates must not end before it
   * starts, which no schema can say.
   *
   * @throws InvalidConfigurationException naming the first field that is unknown, missing or wrong;
   *     never its value
   */
  public static Configuration read(List<Setting<?>> declared, JsonNode given) {
    return Configuration.of(declared, values(declared, given));
  }

  /**
   * The values as texts, as {@code Corpusync.connect} takes them. Only their types are checked.
   *
   * @throws InvalidConfigurationException naming the first field of another type
   */
  public static Map<String, String> values(List<Setting<?>> declared, JsonNode given) {
    if (!given.isObject()) {
      throw new InvalidConfigurationException(
          "configuration", "must be one JSON object with a field for each setting");
    }
    Map<String, Setting<?>> settings =
        declared.stream().collect(Collectors.toMap(Setting::name, Function.identity()));
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      Setting<?> setting = settings.get(field.getKey());
      // An unknown one is left to the check of all, which knows how to name it.
      values.put(field.getKey(), setting == null ? "" : Typed.text(setting, field.getValue()));
    }
    return values;
  }
}
