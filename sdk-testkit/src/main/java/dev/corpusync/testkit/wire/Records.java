package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.Veil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
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
  private final Optional<Sight> sight;

  /** The field that says who may see a record, and its values. */
  private record Sight(String path, JsonNode shown, JsonNode hidden) {}

  private Records(
      Type type,
      Function<Thing, ObjectNode> json,
      Function<Thing, ObjectNode> tombstone,
      Optional<Sight> sight) {
    this.type = type;
    this.json = json;
    this.tombstone = tombstone;
    this.sight = sight;
  }

  /**
   * @param kind as the connector calls it
   * @param json of a visible thing; the ids are {@link Thing#id()}
   */
  public static Records of(String kind, Function<Thing, ObjectNode> json) {
    Type type = new Type(kind, Optional.empty(), Integer::toString, Set.of());
    return new Records(
        type, json, thing -> Tree.object("id", thing.id(), "deleted", true), Optional.empty());
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

  /** The API has no private ones of this kind, in itself or by what they are in. */
  public Records neverHidden() {
    return with(type.with(Trait.OPEN));
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
   * The field that says whether it is visible, as a path with slashes. The kit writes it, in every
   * way that it can be wrong.
   *
   * @param shown the value of a visible record
   * @param hidden that of a private one
   */
  public Records visibility(String path, Object shown, Object hidden) {
    return new Records(
        type.with(Trait.VEILED),
        json,
        tombstone,
        Optional.of(new Sight(path, Tree.node(shown), Tree.node(hidden))));
  }

  /** What a delta says of a deleted one. */
  public Records deleted(Function<Thing, ObjectNode> tombstoneJson) {
    return new Records(type, json, tombstoneJson, sight);
  }

  public Type type() {
    return type;
  }

  public String kind() {
    return type.kind();
  }

  Optional<String> hiding() {
    return sight.map(Sight::path);
  }

  ObjectNode json(Thing thing) {
    ObjectNode record = json.apply(thing);
    sight.ifPresent(s -> veil(record, s, thing.veil().orElse(null)));
    return record;
  }

  ObjectNode tombstone(Thing thing) {
    return tombstone.apply(thing);
  }

  private static void veil(ObjectNode record, Sight sight, @Nullable Veil veil) {
    if (veil == null) {
      // A restricted thing may say more than the plain value: its own JSON wins.
      if (record.at("/" + sight.path).isMissingNode()) {
        Tree.set(record, sight.path, sight.shown);
      }
      return;
    }
    switch (veil) {
      case PRIVATE -> Tree.set(record, sight.path, sight.hidden);
      case MISSING -> Tree.remove(record, sight.path);
      case NULL -> Tree.set(record, sight.path, Tree.node(null));
      case BLANK -> Tree.set(record, sight.path, Tree.node(""));
      case UNKNOWN -> Tree.set(record, sight.path, Tree.node("seldom-seen"));
      case OTHER_CASE -> Tree.set(record, sight.path, Tree.node(otherCase(sight.shown.asString())));
      case OTHER_TYPE ->
          Tree.set(
              record,
              sight.path,
              sight.shown.isString()
                  ? Tree.node(java.util.List.of(sight.shown))
                  : Tree.node(sight.shown.asString()));
    }
  }

  private static String otherCase(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.equals(value) ? value.toLowerCase(Locale.ROOT) + " " : upper;
  }

  private Records with(Type other) {
    return new Records(other, json, tombstone, sight);
  }
}
