package dev.corpusync.benchmarks.contender;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The connector for the same tickets, listed under queues: one partition per queue. */
final class QueuedDesk implements Connector {
  private static final Kind QUEUE = Kind.of("queue");
  private final Desk desk = new Desk();

  @Override
  public Descriptor descriptor() {
    return desk.descriptor();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Queues(), new Tickets());
  }

  private static final class Queues implements ContainerStream {
    @Override
    public Kind kind() {
      return QUEUE;
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(at -> Call.get("/queues"), "data", Paging.cursor("cursor", "next_cursor")))
          .relisted();
    }

    @Override
    public String id(Item queue) {
      return queue.id("id");
    }

    @Override
    public Visibility visibility(Item queue) {
      return Visibility.allow(queue, "private", false);
    }

    @Override
    public Access access(Item queue) {
      return Access.wholeConnection("the desk has no permissions below the account");
    }
  }

  private final class Tickets implements DocumentStream, Nested {
    @Override
    public Kind parent() {
      return QUEUE;
    }

    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }

    @Override
    public Kind kind() {
      return desk.kind();
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(
                  at -> Call.get("/queues/{}/tickets", at.parent().id("id")).query("limit", 100),
                  "data",
                  Paging.cursor("cursor", "next_cursor")))
          .relisted();
    }

    @Override
    public String id(Item ticket) {
      return desk.id(ticket);
    }

    @Override
    public Revision revision(Item ticket) {
      return desk.revision(ticket);
    }

    @Override
    public Visibility visibility(Item ticket) {
      return desk.visibility(ticket);
    }

    @Override
    public Access access(Item ticket) {
      return desk.access(ticket);
    }

    @Override
    public int version() {
      return desk.version();
    }

    @Override
    public List<Field<?>> fields() {
      return desk.fields();
    }

    @Override
    public Document transform(Item ticket, Lookups lookups) {
      return desk.transform(ticket, lookups);
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return desk.cite(passage);
    }
  }
}
