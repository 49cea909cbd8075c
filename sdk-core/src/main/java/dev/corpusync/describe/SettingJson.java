package dev.corpusync.describe;

import dev.corpusync.connection.Bounds;
import dev.corpusync.connection.Condition;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.HasOptions;
import dev.corpusync.extract.OptionListing;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a setting as JSON, with everything that a form needs. */
final class SettingJson {
  private final Descriptor descriptor;
  private final Set<String> searchable;

  SettingJson(Connector connector) {
    descriptor = connector.descriptor();
    List<OptionListing> fetched = connector instanceof HasOptions with ? with.options() : List.of();
    searchable =
        fetched.stream()
            .filter(OptionListing::isSearchable)
            .map(OptionListing::setting)
            .collect(Collectors.toSet());
  }

  void write(Setting<?> setting, ObjectNode json) {
    String type = DescriptorJson.lower(setting.type()).replace('_', '-');
    json.put("name", setting.name()).put("label", setting.label()).put("type", type);
    setting.help().ifPresent(help -> json.put("help", help));
    json.put("required", setting.isRequired());
    if (setting.isSecret()) {
      json.put("secret", true);
    }
    if (descriptor.syncFilters().contains(setting)) {
      json.put("filters", "sync");
    }
    if (descriptor.indexFilters().contains(setting)) {
      json.put("filters", "index");
    }
    setting
        .fallback()
        .ifPresent(text -> json.set("default", JsonValueConverter.json(setting, text)));
    setting
        .example()
        .ifPresent(text -> json.set("example", JsonValueConverter.json(setting, text)));
    setting.bounds().ifPresent(bounds -> bounds(bounds, json.putObject("bounds")));
    setting.pattern().ifPresent(regex -> pattern(setting, regex, json.putObject("pattern")));
    setting.options().forEach(option -> option(option, json.withArray("options").addObject()));
    if (setting.isFetched()) {
      json.putObject("fetched").put("searchable", searchable.contains(setting.name()));
    }
    setting.shownIf().ifPresent(condition -> shown(condition, json.putObject("shownIf")));
  }

  private static void bounds(Bounds bounds, ObjectNode json) {
    json.put("least", bounds.least()).put("most", bounds.most());
  }

  private static void pattern(Setting<?> setting, String regex, ObjectNode json) {
    json.put("regex", regex);
    setting.patternSays().ifPresent(says -> json.put("says", says));
  }

  private static void option(Option option, ObjectNode json) {
    json.put("value", option.value()).put("label", option.label());
  }

  private static void shown(Condition condition, ObjectNode json) {
    json.put("setting", condition.setting());
    ArrayNode values = json.putArray("values");
    condition.values().stream().sorted().forEach(values::add);
  }
}
