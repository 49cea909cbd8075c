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
 * Converts configuration values from and to JSON, with numbers, lists and booleans as such, as
 * {@link ConfigurationSchema} describes them.
 *
 * @since 0.1
 */
public final class ConfigurationJson {
  private ConfigurationJson() {}

  /**
   * Reads and validates a configuration. Blanks around a text are dropped, and a blank text counts
   * as not given; after that it accepts what the schema accepts, except for a date range that ends
   * before it starts, which no schema can express.
   *
   * @throws InvalidConfigurationException naming the first field that is unknown, missing or wrong;
   *     never its value
   */
  public static Configuration read(List<Setting<?>> declared, JsonNode given) {
    return Configuration.of(declared, values(declared, given));
  }

  /**
   * Returns the values as texts, as {@code Corpusync.connect} takes them. Only their types are
   * checked.
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
      values.put(
          field.getKey(),
          setting == null ? "" : JsonValueConverter.text(setting, field.getValue()));
    }
    return values;
  }
}
