package dev.corpusync.testkit.probe;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A stream that is asked about single records, without a run: of a record as it is, or changed. */
public final class StreamProbe {
  /** Where the connection's API is, if nothing else is said. */
  static final String BASE = "https://self-hosted.world.example";

  private final Subject subject;
  private final DocumentStream stream;
  private final World world;
  private final Settings settings;

  private StreamProbe(Subject subject, DocumentStream stream, World world, Settings settings) {
    this.subject = subject;
    this.stream = stream;
    this.world = world;
    this.settings = settings;
  }

  /** Each stream of documents, in a small world of its own. */
  public static List<StreamProbe> all(Subject subject) {
    return at(subject, BASE);
  }

  /** The same, with the API at an address. */
  public static List<StreamProbe> at(Subject subject, String baseUrl) {
    World world = new World(Bench.SEED, subject.wire().types(), Bench.SIZE);
    Map<String, String> given = new LinkedHashMap<>(subject.wire().settings(world));
    given.put("base_url", baseUrl);
    Settings settings = Settings.of(subject.connector().descriptor().settings(), given);
    return subject.documentStreams().stream()
        .map(stream -> new StreamProbe(subject, stream, world, settings))
        .toList();
  }

  public DocumentStream stream() {
    return stream;
  }

  public World world() {
    return world;
  }

  /** What may be stored of its kind. */
  public List<Thing> things() {
    return world.visible(stream.kind().name());
  }

  public Thing first() {
    return things().get(0);
  }

  public ObjectNode record(Thing thing) {
    return subject.wire().surface().shown(thing).orElseThrow();
  }

  /** Whether a place in a record is, or is around, a field that hides it. */
  public boolean hides(String place) {
    return subject.wire().surface().hiding(stream.kind().name()).stream()
        .anyMatch(field -> (field + "/").startsWith(place + "/"));
  }

  public Document document(Thing thing, ObjectNode record) {
    return stream.transform(item(thing, record).lenient(), new Nobody());
  }

  public String id(Thing thing, ObjectNode record) {
    return stream.id(item(thing, record));
  }

  /** The document and link of what would be stored; empty for what would not. */
  public Optional<Document> stored(Thing thing, ObjectNode record) {
    try {
      Item item = item(thing, record);
      stream.id(item);
      stream.revision(item);
      return stream.visibility(item).isVisible()
          ? Optional.of(document(thing, record))
          : Optional.empty();
    } catch (RuntimeException e) {
      // Kept as failed, so nobody will ever cite it.
      return Optional.empty();
    }
  }

  /**
   * Whether a record of the real API becomes a document; it may also say that it is hidden.
   *
   * @throws AssertionError when it can be neither
   */
  public boolean accepts(ObjectNode recorded) {
    try {
      Item item = item(first(), recorded);
      boolean visible = stream.visibility(item).isVisible();
      if (visible) {
        stream.id(item);
        stream.revision(item);
        document(first(), recorded);
      }
      return visible;
    } catch (RuntimeException e) {
      throw new AssertionError(
          "a recorded record of kind " + stream.kind() + " cannot be read: " + e, e);
    }
  }

  public Optional<URI> link(Thing thing, ObjectNode record) {
    return stream
        .cite(new Citation(subject.ref(stream, thing), item(thing, record), Optional.empty()))
        .filter(CitationResolver::opens);
  }

  private Item item(Thing thing, ObjectNode record) {
    Optional<Item> parent =
        thing.findParent().map(p -> Item.of(Json.of(record(p)), Optional.empty(), settings));
    return Item.of(Json.of(record), parent, settings);
  }

  /** Nothing is known of anyone. */
  private static final class Nobody implements Lookups {
    @Override
    public Optional<Json> find(Kind kind, String id) {
      return Optional.empty();
    }

    @Override
    public Optional<String> name(Kind kind, String id) {
      return Optional.empty();
    }
  }
}
