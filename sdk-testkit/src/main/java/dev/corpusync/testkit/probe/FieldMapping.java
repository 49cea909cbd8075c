package dev.corpusync.testkit.probe;

import dev.corpusync.document.Field;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number or a flag of a record that becomes a field of its document, found out by changing it.
 *
 * @param at where it is in the record
 */
public record FieldMapping(StreamProbe asked, JsonPointer at, Field<?> field) {
  public static List<FieldMapping> fields(Subject subject) {
    List<FieldMapping> all = new ArrayList<>();
    for (StreamProbe asked : StreamProbe.all(subject)) {
      ObjectNode record = asked.record(asked.first());
      for (JsonPointer at : FieldPaths.where(record, v -> v.isNumber() || v.isBoolean())) {
        for (Field<?> field : asked.stream().fields()) {
          FieldMapping fed = new FieldMapping(asked, at, field);
          if (!FieldPaths.isId(record.at(at), asked.first()) && fed.isFed()) {
            all.add(fed);
          }
        }
      }
    }
    return all;
  }

  /** Where the id of a kind is a number. */
  public static List<JsonPointer> ids(StreamProbe asked) {
    Thing thing = asked.first();
    return FieldPaths.where(
        asked.record(thing), v -> v.isIntegralNumber() && FieldPaths.isId(v, thing));
  }

  public static boolean hasNumbers(Subject subject) {
    return StreamProbe.all(subject).stream().anyMatch(asked -> !ids(asked).isEmpty())
        || fields(subject).stream().anyMatch(fed -> fed.field.type().equals(Long.class));
  }

  /** The field of a document whose record has that value there. */
  public Optional<Object> when(Object value) {
    Thing thing = asked.first();
    JsonNode node = JsonTree.object("value", value).get("value");
    ObjectNode changed = FieldPaths.with(asked.record(thing), at, node);
    return Optional.ofNullable(asked.document(thing, changed).fields().get(field.name()));
  }

  public boolean isNumber() {
    return field.type().equals(Long.class);
  }

  private boolean isFed() {
    try {
      return isNumber()
          ? when(41).equals(Optional.of(41L)) && when(42).equals(Optional.of(42L))
          : field.type().equals(Boolean.class)
              && when(true).equals(Optional.of(true))
              && !when(false).equals(Optional.of(true));
    } catch (RuntimeException e) {
      // That place takes no such value.
      return false;
    }
  }

  @Override
  public String toString() {
    return field.name() + " from " + at;
  }
}
