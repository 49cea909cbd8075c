package dev.corpusync.testkit.contract;

import dev.corpusync.document.Field;
import dev.corpusync.testkit.wire.Tree;
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
record Fed(Asked asked, JsonPointer at, Field<?> field) {
  static List<Fed> fields(Subject subject) {
    List<Fed> all = new ArrayList<>();
    for (Asked asked : Asked.all(subject)) {
      ObjectNode record = asked.record(asked.first());
      for (JsonPointer at : Leaves.where(record, v -> v.isNumber() || v.isBoolean())) {
        for (Field<?> field : asked.stream().fields()) {
          Fed fed = new Fed(asked, at, field);
          if (!Leaves.isId(record.at(at), asked.first()) && fed.isFed()) {
            all.add(fed);
          }
        }
      }
    }
    return all;
  }

  /** Where the id of a kind is a number. */
  static List<JsonPointer> ids(Asked asked) {
    Thing thing = asked.first();
    return Leaves.where(asked.record(thing), v -> v.isIntegralNumber() && Leaves.isId(v, thing));
  }

  static boolean hasNumbers(Subject subject) {
    return Asked.all(subject).stream().anyMatch(asked -> !ids(asked).isEmpty())
        || fields(subject).stream().anyMatch(fed -> fed.field.type().equals(Long.class));
  }

  /** The field of a document whose record has that value there. */
  Optional<Object> when(Object value) {
    Thing thing = asked.first();
    JsonNode node = Tree.object("value", value).get("value");
    ObjectNode changed = Leaves.with(asked.record(thing), at, node);
    return Optional.ofNullable(asked.document(thing, changed).fields().get(field.name()));
  }

  boolean isNumber() {
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
