package dev.corpusync.engine;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Guarded;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.error.KindNotFoundException;
import dev.corpusync.run.StreamPlan;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a connector makes of one recorded record: for an author's unit tests, a dry run, support.
 * Holds content, so it is not for logs. An exception of the connector is thrown as it is.
 *
 * @param access unknown when a part that it needs was not given
 * @param document empty for a hidden record, a container, a reference
 * @since 0.1
 */
public record Explanation(
    Ref ref,
    Revision revision,
    Visibility visibility,
    Access access,
    Optional<Document> document,
    Optional<URI> link) {

  /** What a record depends on: settings, the record of its container, its parts; all optional. */
  public record Given(Map<String, String> settings, Optional<String> parent, Parts parts) {
    /** Returns no settings, no container and no parts. */
    public static Given nothing() {
      return new Given(Map.of(), Optional.empty(), Parts.none());
    }
  }

  /**
   * Explains one record.
   *
   * @param json the record as the API returned it
   * @throws KindNotFoundException when no stream of the connector has this kind
   */
  public static Explanation of(Connector connector, Kind kind, String json, Given given) {
    StreamPlan plan =
        StreamPlan.of(connector).stream()
            .filter(p -> p.kind().equals(kind))
            .findFirst()
            .orElseThrow(() -> new KindNotFoundException(connector.descriptor().id(), kind.name()));
    Settings settings =
        given.settings().isEmpty()
            ? Settings.stored(Map.of())
            : Settings.of(connector.descriptor().settings(), given.settings());
    Optional<Item> parent = given.parent().map(p -> Item.of(parse(p), Optional.empty(), settings));
    Item item = Item.of(parse(json), parent, settings).with(given.parts());
    return of(plan, connector, item, parent);
  }

  private static Explanation of(
      StreamPlan plan, Connector connector, Item item, Optional<Item> parent) {
    Stream stream = plan.stream();
    Optional<Ref> parentRef =
        plan.nested().flatMap(n -> parent.map(p -> n.parent().ref(idOf(connector, n.parent(), p))));
    Ref ref = plan.ref(stream.id(item), parentRef);
    Visibility visibility =
        stream instanceof Guarded g
            ? g.visibility(item)
            : Visibility.declared("a reference is only looked up");
    Optional<Document> document =
        stream instanceof DocumentStream d && visibility.isVisible()
            ? Optional.of(d.transform(item.lenient(), new EmptyLookups()))
            : Optional.empty();
    Optional<URI> link =
        stream instanceof DocumentStream d
            ? d.cite(new Citation(ref, item, Optional.empty())).filter(CitationResolver::opens)
            : Optional.empty();
    return new Explanation(
        ref, stream.revision(item), visibility, access(stream, item), document, link);
  }

  private static Access access(Stream stream, Item item) {
    try {
      return stream instanceof Guarded g ? g.access(item) : Access.known(java.util.List.of());
    } catch (PartUnavailable e) {
      return Access.unknown(String.valueOf(e.getMessage()));
    }
  }

  private static String idOf(Connector connector, Kind kind, Item item) {
    return connector.streams().stream()
        .filter(s -> s.kind().equals(kind))
        .findFirst()
        .orElseThrow()
        .id(item);
  }

  private static Json parse(String json) {
    return Payload.of(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)).json();
  }

  /** Looks up in an empty store. */
  private static final class EmptyLookups implements Lookups {
    @Override
    public Optional<Json> find(Kind kind, String id) {
      return Optional.empty();
    }

    @Override
    public Optional<String> name(Kind kind, String id) {
      return Optional.empty();
    }
  }

  /** The reference and the evidence; nothing of the content. */
  @Override
  public String toString() {
    return "Explanation(" + ref.kind() + ", " + visibility + ", " + access + ")";
  }
}
