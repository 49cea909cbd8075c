package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.Guarded;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Kind;
import dev.corpusync.document.NestedId;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.PartListing;
import dev.corpusync.transform.Transformation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A stream with its optional abilities and constant answers, each looked up once. Made only of a
 * connector that passes the checks that can be made before anything runs.
 *
 * @param transformation of a document stream
 */
public record StreamPlan(
    Stream stream,
    Kind kind,
    Optional<Transformation> transformation,
    Optional<Nested> nested,
    List<PartListing> parts,
    Optional<ByIds> byIds) {
  /**
   * The plans of a connector's streams, in their order.
   *
   * @throws ConnectorDefectException when two streams have one kind, a container is missing or
   *     comes later, or a transformer's version is not positive
   */
  public static List<StreamPlan> of(Connector connector) {
    Map<Kind, Stream> earlier = new HashMap<>();
    List<StreamPlan> plans = new ArrayList<>();
    for (Stream stream : connector.streams()) {
      String name = connector.descriptor().id() + "/" + stream.kind();
      if (earlier.containsKey(stream.kind())) {
        throw new ConnectorDefectException(
            "connector '"
                + connector.descriptor().id()
                + "' has two streams of the kind '"
                + stream.kind()
                + "'");
      }
      if (stream instanceof Nested nested
          && !(earlier.get(nested.parent()) instanceof ContainerStream)) {
        throw new ConnectorDefectException(
            name
                + " is nested in '"
                + nested.parent()
                + "', which must be a container stream before it");
      }
      if (stream instanceof Guarded && version(stream) < 1) {
        throw new ConnectorDefectException(name + " must have a version of at least 1");
      }
      earlier.put(stream.kind(), stream);
      plans.add(of(stream));
    }
    return plans;
  }

  private static StreamPlan of(Stream stream) {
    return new StreamPlan(
        stream,
        stream.kind(),
        stream instanceof DocumentStream d ? Optional.of(Transformation.of(d)) : Optional.empty(),
        stream instanceof Nested n ? Optional.of(n) : Optional.empty(),
        stream instanceof HasParts p ? List.copyOf(p.parts()) : List.of(),
        stream instanceof FetchedByIds f ? Optional.of(f.byIds()) : stream.source().byIds());
  }

  /** Whether a part may change without a change of its record. */
  boolean hasIndependentParts() {
    return parts.stream().anyMatch(part -> part.touches() == PartListing.Touches.NOTHING);
  }

  /** The version of its answers; 0 of references, about which nothing is answered. */
  int version() {
    return transformation.map(Transformation::version).orElseGet(() -> version(stream));
  }

  private static int version(Stream stream) {
    return stream instanceof DocumentStream documents
        ? documents.version()
        : stream instanceof ContainerStream containers ? containers.version() : 0;
  }

  /**
   * The identity of an item.
   *
   * @param id what the source calls it
   * @param parent its container, in a nested stream
   * @throws dev.corpusync.error.InvalidIdentifierException when nothing can be stored under it
   */
  public Ref ref(String id, Optional<Ref> parent) {
    String refId = refId(id, parent);
    if (!Identifier.isId(refId)) {
      // The text of the message costs more than the look.
      Identifier.id("a " + kind, refId);
    }
    return kind().ref(refId);
  }

  /** The identity of an item; empty when nothing is stored under it, new or old. */
  Optional<Ref> find(String id, Optional<Ref> parent) {
    return Optional.of(id)
        .filter(Identifier::isStorable)
        .map(own -> kind().ref(refId(own, parent)));
  }

  private String refId(String id, Optional<Ref> parent) {
    return parent.filter(p -> underParent()).map(p -> new NestedId(p.id(), id).text()).orElse(id);
  }

  /** What the source calls the item with this id. */
  String sourceId(String refId, Optional<Ref> parent) {
    return parent
        .filter(p -> underParent())
        .flatMap(p -> NestedId.find(refId))
        .map(NestedId::own)
        .orElse(refId);
  }

  /** The container in the identity of an item; empty where the identity does not name one. */
  Optional<Ref> parentOf(Ref ref) {
    return nested
        .filter(n -> underParent())
        .flatMap(n -> NestedId.find(ref.id()).map(id -> n.parent().ref(id.container())));
  }

  /** What the ids of all items in a container begin with; empty where ids are unique everywhere. */
  Optional<String> nestedPrefix(Optional<Ref> parent) {
    return parent.filter(p -> underParent()).map(p -> NestedId.prefix(p.id()));
  }

  private boolean underParent() {
    return nested.filter(n -> n.ids() == Nested.Ids.UNDER_PARENT).isPresent();
  }

  /**
   * A stored container as the items in it see it.
   *
   * @param find reads the containers above it, each at its first use
   */
  public static Item container(
      Artifact stored, Settings settings, Function<Ref, Optional<Artifact>> find) {
    Map<Ref, Optional<Item>> above = new ConcurrentHashMap<>();
    return Item.container(
        stored.ref(),
        stored.payload().json(),
        stored.parts(),
        settings,
        () ->
            stored
                .parent()
                .flatMap(
                    ref ->
                        above.computeIfAbsent(
                            ref, r -> find.apply(r).map(a -> container(a, settings, find)))));
  }

  /** A stored artifact as the methods of its stream see it. */
  public static Item item(Artifact stored, Optional<Item> parent, Settings settings) {
    return Item.of(stored.payload().json(), parent, settings, stored.parts());
  }
}
