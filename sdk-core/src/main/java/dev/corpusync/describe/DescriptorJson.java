package dev.corpusync.describe;

import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Link;
import dev.corpusync.connection.Operation;
import dev.corpusync.connection.SyncStrategy;
import dev.corpusync.connector.Connector;
import java.util.Locale;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes everything that a connector declares as JSON: for a catalogue, a form in another language,
 * a diff of two releases. The same connector always gives the same text.
 *
 * @since 0.1
 */
public final class DescriptorJson {
  /** The version of the format, which grows when a field is renamed or removed. */
  public static final int FORMAT = 1;

  // The same on every machine, whatever its line ends.
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      JsonValueConverter.MAPPER
          .writer()
          .with(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

  private DescriptorJson() {}

  /** Returns the description as indented text, with a line break at the end. */
  public static String text(Connector connector) {
    return text(of(connector));
  }

  /** Returns any tree as text in the same format, such as a schema. */
  public static String text(JsonNode tree) {
    return WRITER.writeValueAsString(tree) + "\n";
  }

  public static ObjectNode of(Connector connector) {
    Descriptor descriptor = connector.descriptor();
    ObjectNode json = JsonValueConverter.MAPPER.createObjectNode();
    json.put("format", FORMAT).put("id", descriptor.id()).put("title", descriptor.title());
    json.put("vendor", descriptor.vendor());
    descriptor.categories().forEach(json.putArray("categories")::add);
    descriptor.icon().ifPresent(icon -> json.put("icon", icon.toString()));
    descriptor.docs().forEach(link -> link(link, json.withArray("docs").addObject()));
    json.put("ownership", lower(descriptor.ownership()))
        .put("stability", lower(descriptor.stability()));
    descriptor.needs().ifPresent(version -> json.put("needs", version.toString()));
    ArrayNode strategies = json.putArray("strategies");
    descriptor.strategies().stream().sorted().map(SyncStrategy::toString).forEach(strategies::add);
    descriptor.interval().ifPresent(interval -> json.put("interval", interval.toString()));
    ArrayNode auth = json.putArray("auth");
    descriptor
        .auth()
        .forEach(way -> auth.addObject().put("scheme", way.name()).put("title", way.title()));
    ArrayNode kinds = json.putArray("kinds");
    connector.streams().forEach(stream -> StreamJson.write(stream, kinds.addObject()));
    ArrayNode settings = json.putArray("settings");
    SettingJson fields = new SettingJson(connector);
    descriptor.settings().forEach(setting -> fields.write(setting, settings.addObject()));
    ArrayNode operations = json.putArray("operations");
    descriptor.operations().forEach(operation -> operation(operation, operations.addObject()));
    return json;
  }

  private static void link(Link link, ObjectNode json) {
    json.put("title", link.title()).put("address", link.address().toString());
  }

  private static void operation(Operation operation, ObjectNode json) {
    json.put("name", operation.name())
        .put("effect", lower(operation.effect()))
        .put("title", operation.title());
    json.set("parameters", ConfigurationSchema.of(operation.title(), operation.parameters()));
  }

  static String lower(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
