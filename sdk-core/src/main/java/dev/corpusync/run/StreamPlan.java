package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.PartListing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stream with its optional abilities and constant answers looked up once, and the checks that can
 * be made before anything runs.
 *
 * @param version of the transformer, 0 where there is none
 * @param fields names of the declared ones
 */
public record StreamPlan(
    Stream stream,
    Kind kind,
    int version,
    Set<String> fields,
    Optional<Nested> nested,
    List<PartListing> parts,
    Optional<ByIds> byIds) {
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
      if (stream instanceof DocumentStream documents && documents.version() < 1) {
        throw new ConnectorDefectException(name + " must have a transformer version of at least 1");
      }
      earlier.put(stream.kind(), stream);
      plans.add(of(stream));
    }
    return plans;
  }

  private static StreamPlan of(Stream stream) {
    Optional<DocumentStream> documents =
        stream instanceof DocumentStream d ? Optional.of(d) : Optional.empty();
    return new StreamPlan(
        stream,
        stream.kind(),
        documents.map(DocumentStream::version).orElse(0),
        documents.stream()
            .flatMap(d -> d.fields().stream())
            .map(Field::name)
            .collect(Collectors.toUnmodifiableSet()),
        stream instanceof Nested n ? Optional.of(n) : Optional.empty(),
        stream instanceof HasParts p ? List.copyOf(p.parts()) : List.of(),
        stream instanceof FetchedByIds f ? Optional.of(f.byIds()) : stream.source().byIds());
  }

  /** The identity of what the source calls {@code id}. */
  public Ref ref(String id, Optional<Ref> parent) {
    return kind().ref(parent.filter(p -> underParent()).map(p -> p.id() + "/" + id).orElse(id));
  }

  /** What the source calls it. */
  String sourceId(String refId, Optional<Ref> parent) {
    return parent
        .filter(p -> underParent())
        .map(p -> refId.substring(p.id().length() + 1))
        .orElse(refId);
  }

  private boolean underParent() {
    return nested.filter(n -> n.ids() == Nested.Ids.UNDER_PARENT).isPresent();
  }

  /** A stored artifact as its stream's questions see it. */
  public static Item item(
      Artifact stored, Optional<Item> parent, dev.corpusync.connection.Settings settings) {
    return Item.of(stored.payload().json(), parent, settings).with(stored.parts());
  }
}
