package dev.corpusync.testkit.probe;

import dev.corpusync.testkit.world.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The places in a record, and records that are otherwise at one of them. */
public final class FieldPaths {
  private FieldPaths() {}

  /** Every place below the record itself, the outer before the inner. */
  public static List<JsonPointer> all(ObjectNode record) {
    List<JsonPointer> places = new ArrayList<>();
    walk(record, JsonPointer.empty(), places);
    return places;
  }

  /** The places of values that are as asked. */
  public static List<JsonPointer> where(ObjectNode record, Predicate<JsonNode> is) {
    return all(record).stream().filter(at -> is.test(record.at(at))).toList();
  }

  /** Where it says what the thing is called by the API. */
  public static List<JsonPointer> ids(ObjectNode record, Thing thing) {
    return where(record, v -> v.isValueNode() && v.asString().equals(thing.id()));
  }

  public static boolean isId(JsonNode value, Thing thing) {
    return value.isValueNode() && value.asString().equals(thing.id());
  }

  /** A copy with another value there; the same where there is no such place. */
  public static ObjectNode with(ObjectNode record, JsonPointer at, JsonNode value) {
    ObjectNode copy = record.deepCopy();
    JsonNode around = copy.at(at.head());
    if (around instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), value);
    } else if (around instanceof ArrayNode array && at.last().getMatchingIndex() < array.size()) {
      array.set(at.last().getMatchingIndex(), value);
    }
    return copy;
  }

  /** A copy without it. */
  public static ObjectNode without(ObjectNode record, JsonPointer at) {
    ObjectNode copy = record.deepCopy();
    JsonNode around = copy.at(at.head());
    if (around instanceof ObjectNode object) {
      object.remove(at.last().getMatchingProperty());
    } else if (around instanceof ArrayNode array && at.last().getMatchingIndex() < array.size()) {
      array.remove(at.last().getMatchingIndex());
    }
    return copy;
  }

  /** A copy with its names in the other order, at every level. */
  public static JsonNode reversed(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      List<String> names = new ArrayList<>(object.propertyNames());
      java.util.Collections.reverse(names);
      names.forEach(name -> copy.set(name, reversed(object.get(name))));
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(one -> copy.add(reversed(one)));
      return copy;
    }
    return value;
  }

  /** A copy with a field that nobody knows in every object. */
  public static JsonNode extended(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object.propertyNames().forEach(name -> copy.set(name, extended(object.get(name))));
      copy.putObject("unforeseen").put("kind", "new").putArray("of").add(7).addNull();
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(one -> copy.add(extended(one)));
      return copy;
    }
    return value;
  }

  private static void walk(JsonNode node, JsonPointer at, List<JsonPointer> places) {
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames()) {
        JsonPointer place = at.appendProperty(name);
        places.add(place);
        walk(object.get(name), place, places);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonPointer place = at.appendIndex(i);
        places.add(place);
        walk(array.get(i), place, places);
      }
    }
  }
}
