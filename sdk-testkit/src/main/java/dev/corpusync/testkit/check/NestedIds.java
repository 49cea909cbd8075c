package dev.corpusync.testkit.check;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.probe.FieldPaths;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two things of one kind, in two containers, that the API calls by the same id.
 *
 * @param one the reference of the first as the connector stores it
 * @param other that of the second
 */
record NestedIds(String id, Ref one, Ref other) {
  /** A pair of each nested kind that does not say that its ids are unique, and that shows them. */
  static List<NestedIds> of(Subject subject) {
    List<NestedIds> all = new ArrayList<>();
    for (DocumentStream stream : subject.documentStreams()) {
      if (stream instanceof Nested) {
        subject.wire().types().stream()
            .filter(type -> type.kind().equals(stream.kind().name()))
            .filter(type -> type.parent().isPresent() && !type.has(Trait.UNIQUE_IDS))
            .findFirst()
            .flatMap(type -> pair(subject, stream, type))
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<NestedIds> pair(Subject subject, DocumentStream stream, Type type) {
    List<Thing> plain = things(subject, stream, type);
    Thing one = plain.get(0);
    Optional<Thing> elsewhere =
        plain.stream().filter(t -> !t.parent().id().equals(one.parent().id())).findFirst();
    if (elsewhere.isEmpty()) {
      return Optional.empty();
    }
    int twin = elsewhere.get().number();
    Type same =
        new Type(
            type.kind(),
            type.parent(),
            number -> type.id().apply(number == twin ? one.number() : number),
            type.traits());
    return things(subject, stream, same).stream()
        .filter(t -> t.number() == twin)
        .filter(t -> !FieldPaths.ids(record(subject, t), t).isEmpty())
        .map(t -> new NestedIds(t.id(), subject.ref(stream, one), subject.ref(stream, t)))
        .findFirst();
  }

  /** What a world holds of a kind, where that kind is of a type. */
  private static List<Thing> things(Subject subject, DocumentStream stream, Type type) {
    List<Type> types =
        subject.wire().types().stream().map(t -> t.kind().equals(type.kind()) ? type : t).toList();
    return new World(Bench.SEED, types, Bench.SIZE).visible(stream.kind().name());
  }

  private static ObjectNode record(Subject subject, Thing thing) {
    return subject.wire().surface().shown(thing).orElseThrow();
  }
}
