package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.world.Hidden;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of record: what the API shows of a thing. Immutable; say {@link #visibility} last.
 *
 * @since 0.1
 */
public final class Records {
  private final Type type;
  private final Function<Thing, ObjectNode> json;
  private final Function<Thing, ObjectNode> tombstone;
  private final List<Sight> sights;

  /**
   * A field that says who may see a record.
   *
   * @param shown values of visible records, at least one
   * @param hidden values of private ones; none where only another value than the shown ones hides
   */
  private record Sight(String path, List<JsonNode> shown, List<JsonNode> hidden) {
    static Sight of(String path, List<?> shown, List<?> hidden) {
      if (shown.isEmpty()) {
        throw new IllegalArgumentException("no value of '" + path + "' makes a record visible");
      }
      return new Sight(path, nodes(shown), nodes(hidden));
    }

    private static List<JsonNode> nodes(List<?> values) {
      return values.stream().map(JsonTree::node).toList();
    }

    JsonNode shown(Thing thing) {
      return nth(shown, thing).orElseThrow();
    }

    JsonNode hidden(Thing thing) {
      return nth(hidden, thing).orElseGet(() -> JsonTree.node(UNKNOWN));
    }

    /** Each value is that of some things. */
    private static Optional<JsonNode> nth(List<JsonNode> values, Thing thing) {
      return values.isEmpty()
          ? Optional.empty()
          : Optional.of(values.get(thing.number() / 7 % values.size()));
    }
  }

  /** A value that no API returns. */
  private static final String UNKNOWN = "seldom-seen";

  private Records(
      Type type,
      Function<Thing, ObjectNode> json,
      Function<Thing, ObjectNode> tombstone,
      List<Sight> sights) {
    this.type = type;
    this.json = json;
    this.tombstone = tombstone;
    this.sights = List.copyOf(sights);
  }

  /**
   * @param kind as the connector calls it
   * @param json of a visible thing; the ids are {@link Thing#id()}
   */
  public static Records of(String kind, Function<Thing, ObjectNode> json) {
    Type type = new Type(kind, Optional.empty(), Integer::toString, Set.of());
    return new Records(
        type, json, thing -> JsonTree.object("id", thing.id(), "deleted", true), List.of());
  }

  /** Each is in one of those. */
  public Records in(Records containers) {
    return with(new Type(type.kind(), Optional.of(containers.kind()), type.id(), type.traits()));
  }

  /** What the API calls the thing of a number; the number itself unless told. */
  public Records ids(IntFunction<String> id) {
    return with(new Type(type.kind(), type.parent(), id, type.traits()));
  }

  /** They have comments. */
  public Records discussed() {
    return with(type.with(Trait.DISCUSSED));
  }

  /** No two of them have one id, in whichever containers they are. */
  public Records uniqueIds() {
    return with(type.with(Trait.UNIQUE_IDS));
  }

  /** The API has no private ones of this kind, in itself or by what they are in. */
  public Records neverHidden() {
    return with(type.with(Trait.OPEN));
  }

  /** They have a title and no text: what is edited is the title. */
  public Records withoutText() {
    return with(type.with(Trait.TITLE_ONLY));
  }

  /** Some are {@linkplain Thing#isRestricted() for their readers only}. */
  public Records restricted() {
    return with(type.with(Trait.RESTRICTED));
  }

  /** The same, where a change of their readers does not show in their time of change. */
  public Records restrictedQuietly() {
    return with(type.with(Trait.RESTRICTED).with(Trait.QUIETLY_SHARED));
  }

  /**
   * A field that says whether it is visible, as a path with slashes. The kit writes it, in every
   * way that it can be wrong. Where several fields say so, each is told by a call of its own: a
   * record is visible when all of them say that it is.
   *
   * @param shown the value of a visible record
   * @param hidden that of a private one
   */
  public Records visibility(String path, Object shown, Object hidden) {
    return visibleWhen(path, List.of(shown), List.of(hidden));
  }

  /**
   * A field that says whether it is visible, with several values. The kit serves each of them.
   *
   * @param shown the values of visible records, at least one
   * @param hidden those of private ones; empty where every value that the API has is of a visible
   *     record, and only what is missing, or is no such value, hides it
   */
  public Records visibleWhen(String path, List<?> shown, List<?> hidden) {
    List<Sight> more = new ArrayList<>(sights);
    more.add(Sight.of(path, shown, hidden));
    return new Records(type.with(Trait.HIDEABLE), json, tombstone, more);
  }

  /** What a delta says of a deleted one. */
  public Records deleted(Function<Thing, ObjectNode> tombstoneJson) {
    return new Records(type, json, tombstoneJson, sights);
  }

  public Type type() {
    return type;
  }

  public String kind() {
    return type.kind();
  }

  List<String> hiding() {
    return sights.stream().map(Sight::path).toList();
  }

  ObjectNode json(Thing thing) {
    ObjectNode record = json.apply(thing);
    for (int field = 0; field < sights.size(); field++) {
      boolean hides = field == thing.hiddenField() % sights.size();
      hide(record, sights.get(field), thing, thing.hidden().filter(how -> hides));
    }
    return record;
  }

  ObjectNode tombstone(Thing thing) {
    return tombstone.apply(thing);
  }

  private static void hide(ObjectNode record, Sight sight, Thing thing, Optional<Hidden> hidden) {
    JsonNode shown = sight.shown(thing);
    if (hidden.isEmpty()) {
      // A restricted thing may say more than the plain value: its own JSON wins.
      if (record.at("/" + sight.path).isMissingNode()) {
        JsonTree.set(record, sight.path, shown);
      }
      return;
    }
    switch (hidden.get()) {
      case PRIVATE -> JsonTree.set(record, sight.path, sight.hidden(thing));
      case MISSING -> JsonTree.remove(record, sight.path);
      case NULL -> JsonTree.set(record, sight.path, JsonTree.node(null));
      case BLANK -> JsonTree.set(record, sight.path, JsonTree.node(""));
      case UNKNOWN -> JsonTree.set(record, sight.path, JsonTree.node(UNKNOWN));
      case OTHER_CASE ->
          JsonTree.set(record, sight.path, JsonTree.node(otherCase(shown.asString())));
      case OTHER_TYPE ->
          JsonTree.set(
              record,
              sight.path,
              shown.isString() ? JsonTree.node(List.of(shown)) : JsonTree.node(shown.asString()));
    }
  }

  private static String otherCase(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.equals(value) ? value.toLowerCase(Locale.ROOT) + " " : upper;
  }

  private Records with(Type other) {
    return new Records(other, json, tombstone, sights);
  }
}
