package dev.corpusync.testkit.subject;

import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.NestedId;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a contract runs on: a connector, the wire format of its API, a kind of store, and the HTTP
 * client. Immutable.
 *
 * @since 0.1
 */
public final class Subject {
  private final Connector connector;
  private final Wire wire;
  private final StoreFixture store;
  private final Optional<Recording> recording;
  private final Function<Client, ApiFactory> apis;

  private Subject(
      Connector connector,
      Wire wire,
      StoreFixture store,
      Optional<Recording> recording,
      Function<Client, ApiFactory> apis) {
    this.connector = connector;
    this.wire = wire;
    this.store = store;
    this.recording = recording;
    this.apis = apis;
  }

  /** Returns a subject without a recording, which uses the SDK's own HTTP client. */
  public static Subject of(Connector connector, Wire wire, StoreFixture store) {
    return new Subject(connector, wire, store, Optional.empty(), Client::http);
  }

  /** Returns the same subject on another store. */
  public Subject on(StoreFixture other) {
    return new Subject(connector, wire, other, recording, apis);
  }

  /** Returns the same subject, whose wire format is compared with a recording of the real API. */
  public Subject comparedWith(Recording real) {
    return new Subject(connector, wire, store, Optional.of(real), apis);
  }

  /**
   * Returns the same subject with another HTTP client.
   *
   * @param clients makes the client from what a trial decides: its clock, its limits
   */
  public Subject using(Function<Client, ApiFactory> clients) {
    return new Subject(connector, wire, store, recording, clients);
  }

  public Connector connector() {
    return connector;
  }

  public Wire wire() {
    return wire;
  }

  public StoreFixture store() {
    return store;
  }

  public Optional<Recording> recording() {
    return recording;
  }

  public Function<Client, ApiFactory> apis() {
    return apis;
  }

  public List<Stream> streams() {
    return connector.streams();
  }

  public List<DocumentStream> documentStreams() {
    return streams().stream()
        .filter(DocumentStream.class::isInstance)
        .map(DocumentStream.class::cast)
        .toList();
  }

  /** Returns the reference under which the document of a thing is stored. */
  public Ref ref(DocumentStream stream, Thing thing) {
    boolean underParent =
        stream instanceof Nested nested && nested.ids() == Nested.Ids.UNDER_PARENT;
    return stream
        .kind()
        .ref(underParent ? new NestedId(thing.parent().id(), thing.id()).text() : thing.id());
  }
}
