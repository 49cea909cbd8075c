package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Payload;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.store.Connections;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.reference.DeltaReference;
import dev.corpusync.testkit.reference.LogReference;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.ShelfReference;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the checks of DEL find out. */
final class DeletionMutants {
  private static final Wire ONE_BY_ONE =
      TicketWire.WIRE.one(TicketWire.TICKETS, t -> "/tickets/" + t.id());

  private DeletionMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("reads a log and what it names", new LogReference(), LogReference.WIRE),
        Mutant.of(
            "reads shelves with books and remarks", new ShelfReference(), ShelfReference.WIRE),
        Mutant.of("fetches each change by its id", fetching(new OneByOne()), ONE_BY_ONE),
        Mutant.of("says that its listing leaves things out", partial()).foundBy("DEL-01"),
        Mutant.of("takes a broken page for the end", since(new BrokenIsEnd())).foundBy("DEL-02"),
        Mutant.of("reports by itself what is missing", since(new Reporting(0))).foundBy("DEL-03"),
        Mutant.of("reports what is missing unless all is", since(new Reporting(1)))
            .foundBy("DEL-04"),
        Mutant.of("says nothing of misses", new Misses(), LogReference.WIRE).foundBy("DEL-06"),
        Mutant.of("takes a denial for a deletion", fetching(new DeniedIsGone()), ONE_BY_ONE)
            .foundBy("DEL-07"),
        Mutant.of("never takes back what was deleted", since(new NeverBack())).foundBy("DEL-08"),
        Mutant.of("never lets go of a container", new PartialShelves(), ShelfReference.WIRE)
            .foundBy("DEL-11"),
        Mutant.of("disconnects every connection", disconnectingAll()).foundBy("DEL-13"),
        Mutant.of("reads a delta", new DeltaReference(), DeltaReference.WIRE),
        delta("leaves tombstones out", new NoTombstones<>(DeltaReference.delta().extractor()))
            .foundBy("DEL-14"));
  }

  private static Source since(Extractor<?> extractor) {
    return Source.extractor(extractor, Source.Changes.SINCE);
  }

  private static ReferenceConnector fetching(Extractor<?> extractor) {
    return new ReferenceConnector() {
      @Override
      public Source source() {
        return since(extractor);
      }
    };
  }

  private static Mutant delta(String name, Extractor<?> extractor) {
    return Mutant.of(
        name,
        new DeltaReference() {
          @Override
          public Source source() {
            return Source.extractor(extractor, Source.Changes.TOKEN);
          }
        },
        DeltaReference.WIRE);
  }

  private static final class NoTombstones<C extends SyncCursor> extends DeltaReference.Altered<C> {
    NoTombstones(Extractor<C> real) {
      super(real);
    }

    @Override
    public Page<C> altered(Extractor<C> delta, FetchRequest<C> ask) {
      Page<C> page = delta.fetch(ask);
      return ended(Page.of(page.records()), page);
    }
  }

  private static Source partial() {
    return Source.listing(
            Listing.of(at -> Call.get("/tickets"), "data", Paging.cursor("cursor", "next"))
                .partial())
        .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time));
  }

  private static final class BrokenIsEnd extends TicketExtractor {
    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      try {
        return super.fetch(ask);
      } catch (MalformedReplyException e) {
        return Page.of(List.of()).end(new Mark("", null, ask.now()), Proof.SAID);
      }
    }
  }

  /** Keeps a list of its own, for each API that it meets. */
  private abstract static class Listed extends TicketExtractor {
    private final TrialDetector trials = new TrialDetector();
    private Set<String> before = new HashSet<>();
    private Set<String> now = new HashSet<>();

    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      if (trials.isNew(ask)) {
        before = new HashSet<>();
        forget();
      }
      if (isFull(ask)) {
        if (ask.position().isEmpty()) {
          now = new HashSet<>();
        }
        records.forEach(r -> now.add(r.json().id("id")));
      }
      return records;
    }

    void forget() {}

    /** At the end of a full listing: what the one before had, and this one has not. */
    Set<String> missing() {
      Set<String> missing = new HashSet<>(before);
      missing.removeAll(now);
      before = now;
      return missing;
    }

    int listed() {
      return now.size();
    }
  }

  private static final class Reporting extends Listed {
    private final int least;

    Reporting(int least) {
      this.least = least;
    }

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Page<Mark> page = super.fetch(ask);
      if (!isFull(ask) || page.next().isPresent()) {
        return page;
      }
      Set<String> missing = missing();
      return Page.of(page.records())
          .gone(listed() < least ? Set.of() : missing)
          .end(page.deltaToken().orElseThrow(), Proof.SAID);
    }
  }

  private static final class NeverBack extends Listed {
    private final Set<String> deleted = new HashSet<>();

    @Override
    void forget() {
      deleted.clear();
    }

    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      return super.kept(ask, records).stream()
          .filter(r -> !deleted.contains(r.json().id("id")))
          .toList();
    }

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Page<Mark> page = super.fetch(ask);
      if (isFull(ask) && page.next().isEmpty()) {
        deleted.addAll(missing());
      }
      return page;
    }
  }

  private static final class Misses extends LogReference {
    @Override
    public Source source() {
      return Source.listing(listing()).logged(log(KEPT, Duration.ofSeconds(10), misses()));
    }
  }

  /** Changes only name what was changed; each is then fetched. */
  private static class OneByOne extends TicketExtractor {
    @Override
    public int requestsPerPage() {
      return 100;
    }

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Page<Mark> page = super.fetch(ask);
      if (isFull(ask)) {
        return page;
      }
      List<Payload> found = new ArrayList<>();
      Set<String> gone = new HashSet<>();
      Set<String> unknown = new HashSet<>();
      for (Payload named : page.records()) {
        String id = named.json().id("id");
        Api.Attempt attempt = ask.api().attempt(Call.get("/tickets/{}", id));
        if (attempt instanceof Api.Attempt.Found answer) {
          found.add(answer.reply().record());
        } else if (attempt instanceof Api.Attempt.Gone) {
          gone.add(id);
        } else {
          denied(id, gone, unknown);
        }
      }
      Page.Builder fetched = Page.of(found).gone(gone).unknown(unknown);
      return page.next().isPresent()
          ? fetched.next(page.next().get())
          : fetched.end(page.deltaToken().orElseThrow(), Proof.NONE);
    }

    void denied(String id, Set<String> gone, Set<String> unknown) {
      unknown.add(id);
    }
  }

  private static final class DeniedIsGone extends OneByOne {
    @Override
    void denied(String id, Set<String> gone, Set<String> unknown) {
      gone.add(id);
    }
  }

  private static final class PartialShelves extends ShelfReference {
    @Override
    public Source shelves() {
      return Source.listing(
              Listing.of(at -> Call.get("/shelves"), "shelves", Paging.nextUrl("more")).partial())
          .relisted();
    }
  }

  /** A store that takes one connection for all of its tenant. */
  private static StoreFixture disconnectingAll() {
    return FaultyStores.fixture(
        right ->
            new ForwardingStore(right) {
              @Override
              public Connections connections() {
                Connections all = store.connections();
                return FaultyStores.changed(
                    Connections.class,
                    all,
                    (method, arguments, result) -> {
                      if (method.equals("disconnect")) {
                        String tenant = ((ConnectionKey) arguments[0]).tenant();
                        all.list(tenant).forEach(c -> all.disconnect(c.key()));
                      }
                      return result;
                    });
              }
            });
  }
}
