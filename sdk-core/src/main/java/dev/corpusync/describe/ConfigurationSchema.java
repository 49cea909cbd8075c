package dev.corpusync.describe;

import dev.corpusync.connection.Condition;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a configuration as JSON Schema (2020-12), for form generators and validators. A
 * conditional field is an {@code if} with a {@code then}.
 *
 * @since 0.1
 */
public final class ConfigurationSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private final Map<String, Setting<?>> declared = new LinkedHashMap<>();
  private final FieldSchemas fields = new FieldSchemas();

  private ConfigurationSchema(List<Setting<?>> settings) {
    settings.forEach(setting -> declared.put(setting.name(), setting));
  }

  /** Returns the schema of a connection's configuration. */
  public static ObjectNode of(Descriptor descriptor) {
    return of(descriptor.title(), descriptor.settings());
  }

  /** Returns the schema of other settings, such as the parameters of an operation. */
  public static ObjectNode of(String title, List<Setting<?>> settings) {
    return new ConfigurationSchema(settings).schema(title);
  }

  private ObjectNode schema(String title) {
    ObjectNode schema = JsonValueConverter.MAPPER.createObjectNode();
    schema.put("$schema", DIALECT).put("title", title).put("type", "object");
    ObjectNode always = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    ArrayNode sometimes = schema.putArray("allOf");
    for (Setting<?> setting : declared.values()) {
      if (setting.shownIf().isEmpty()) {
        always.set(setting.name(), fields.of(setting));
        require(setting, required);
      } else {
        sometimes.add(shownIf(setting, setting.shownIf().get()));
      }
    }
    if (required.isEmpty()) {
      schema.remove("required");
    }
    if (sometimes.isEmpty()) {
      schema.remove("allOf");
    }
    // Not additionalProperties, which would not see what a "then" adds.
    schema.put("unevaluatedProperties", false);
    if (!fields.definitions().isEmpty()) {
      schema.set("$defs", fields.definitions());
    }
    return schema;
  }

  private static void require(Setting<?> setting, ArrayNode required) {
    if (setting.isRequired()) {
      required.add(setting.name());
    }
  }

  private ObjectNode shownIf(Setting<?> setting, Condition condition) {
    ObjectNode rule = JsonValueConverter.MAPPER.createObjectNode();
    rule.set("if", holds(condition));
    ObjectNode then = rule.putObject("then");
    then.putObject("properties").set(setting.name(), fields.of(setting));
    if (setting.isRequired()) {
      then.putArray("required").add(setting.name());
    }
    return rule;
  }

  /** That the other field is shown, and has one of the values. */
  private ObjectNode holds(Condition condition) {
    Setting<?> other = declared.get(condition.setting());
    ObjectNode holds = JsonValueConverter.MAPPER.createObjectNode();
    if (other == null) {
      throw new IllegalArgumentException(
          "'" + condition.setting() + "' is no setting beside the one that it shows");
    }
    ObjectNode value = holds.putObject("properties").putObject(other.name());
    if (!condition.values().isEmpty()) {
      ArrayNode values = value.putArray("enum");
      condition.values().stream()
          .sorted()
          .forEach(v -> values.add(JsonValueConverter.json(other, v)));
    } else if (other.type().isSeveral()) {
      value.put("minItems", 1);
    }
    // What is left out has its default.
    if (other.fallback().filter(condition::holds).isEmpty()) {
      holds.putArray("required").add(other.name());
    }
    other.shownIf().ifPresent(outer -> holds.putArray("allOf").add(holds(outer)));
    return holds;
  }
}
