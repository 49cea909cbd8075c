package dev.corpusync.testkit.reference;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.wire.DeltaLinks;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Wire;

/**
 * A correct connector of another family: everything once, then what changed since a link, with
 * tombstones; links expire with 410.
 */
public class DeltaReference extends ReferenceConnector {
  public static final Wire WIRE =
      Wire.bearer()
          .delta(
              "/changes",
              TicketWire.TICKETS.deleted(t -> JsonTree.object("id", t.id(), "gone", true)),
              new DeltaLinks("items", "next", "delta", 410));

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("delta", "Tickets by delta", "https://api.tickets.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Source source() {
    return delta();
  }

  public static Source delta() {
    return Source.delta(
        Delta.of(at -> Call.get("/changes"), "items", "next", "delta", item -> item.has("gone"))
            .expiredOn(410));
  }

  /** The same with another way of making a page. */
  public abstract static class Altered<C extends SyncCursor> implements Extractor<C> {
    private final Extractor<C> real;

    public Altered(Extractor<C> real) {
      this.real = real;
    }

    @Override
    public Class<C> cursor() {
      return real.cursor();
    }

    @Override
    public int requestsPerPage() {
      return 1_000;
    }

    @Override
    public Page<C> fetch(FetchRequest<C> ask) {
      return altered(real, ask);
    }

    public abstract Page<C> altered(Extractor<C> delta, FetchRequest<C> ask);

    /** A page of other records with the same end. */
    public static <C extends SyncCursor> Page<C> ended(Page.Builder page, Page<C> as) {
      return as.next()
          .map(page::next)
          .orElseGet(() -> page.end(as.deltaToken().orElseThrow(), as.proof()));
    }
  }
}
