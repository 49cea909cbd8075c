package dev.corpusync.examples.crm;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The names of the fields of a deal, and of their options. A deal holds the ids of its options, so
 * the names are looked up here. A new name reaches the deals without a request for them.
 */
final class DealFields implements ReferenceStream {
  @Override
  public Kind kind() {
    return Crm.FIELD;
  }

  @Override
  public Source source() {
    return Source.listing(Crm.pages(at -> Call.get("/dealFields"))).relisted();
  }

  /** The field's key in a deal: a word, or 40 hex digits for a custom field. */
  @Override
  public String id(Item field) {
    return field.id("key");
  }

  @Override
  public String name(Item field) {
    return field.text("name");
  }

  /** Returns the names of the options of a deal; the id where an option is unknown. */
  static List<String> chosen(Json deal, String field, Lookups lookups) {
    Optional<String> ids = deal.findId(field);
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Json> options =
        lookups
            .find(Crm.FIELD, field)
            .filter(found -> found.has("options"))
            .map(found -> found.each("options"))
            .orElse(List.of());
    return Arrays.stream(ids.get().split(",")).map(id -> name(options, id.strip())).toList();
  }

  private static String name(List<Json> options, String id) {
    return options.stream()
        .filter(option -> option.id("id").equals(id))
        .map(option -> option.text("label"))
        .findFirst()
        .orElse(id);
  }
}
