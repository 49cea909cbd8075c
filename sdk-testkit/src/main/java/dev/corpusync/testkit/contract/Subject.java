package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is proved: a connector, the wire form of its API, a kind of store, and the client that it
 * speaks through.
 *
 * @param recording what the wire form is held against
 * @param apis makes the client from what a trial decides: its clock, its limits
 */
public record Subject(
    Connector connector,
    Wire wire,
    StoreFixture store,
    Optional<Recording> recording,
    Function<Client, ApiFactory> apis) {
  Subject(Connector connector, Wire wire, StoreFixture store, Optional<Recording> recording) {
    this(connector, wire, store, recording, Client::http);
  }

  Subject(Connector connector, Wire wire, StoreFixture store) {
    this(connector, wire, store, Optional.empty());
  }

  /** The same on another store. */
  Subject on(StoreFixture other) {
    return new Subject(connector, wire, other, recording, apis);
  }

  List<Stream> streams() {
    return connector.streams();
  }

  List<DocumentStream> documentStreams() {
    return streams().stream()
        .filter(DocumentStream.class::isInstance)
        .map(DocumentStream.class::cast)
        .toList();
  }

  /** Under what a document made of a thing is stored. */
  Ref ref(DocumentStream stream, Thing thing) {
    boolean underParent =
        stream instanceof Nested nested && nested.ids() == Nested.Ids.UNDER_PARENT;
    return stream.kind().ref(underParent ? thing.parent().id() + "/" + thing.id() : thing.id());
  }
}
