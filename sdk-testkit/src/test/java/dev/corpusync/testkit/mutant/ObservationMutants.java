package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Payload;
import dev.corpusync.document.Document;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.testkit.mutant.PagingMutants.At;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.transform.Lookups;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** What the checks of OBS find out. */
final class ObservationMutants {
  private ObservationMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("drops what has no title", PagingMutants.own(new Dropping())).foundBy("OBS-02"),
        Mutant.of("says only that it failed", PagingMutants.own(new Terse())).foundBy("OBS-03"),
        Mutant.of("logs a line for each bad record", new Wordy()).foundBy("OBS-04"),
        Mutant.of(
                "does not say who asks",
                Source.listing(
                        Listing.of(
                            at -> Call.get("/tickets").header("User-Agent", ""),
                            "data",
                            Paging.cursor("cursor", "next")))
                    .changedSince(
                        Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time)))
            .foundBy("OBS-05"));
  }

  private static final class Dropping extends PagingMutants.ByHand {
    @Override
    Page<At> page(Reply reply) {
      List<Payload> titled =
          reply.records("data").stream().filter(r -> r.json().has("subject")).toList();
      Page.Builder page = Page.of(titled);
      Optional<String> next = reply.json().findText("next");
      return next.map(n -> page.next(new At(n))).orElseGet(() -> page.end(Proof.SAID));
    }

    @Override
    boolean end(int records) {
      return false;
    }
  }

  private static final class Terse extends PagingMutants.ByHand {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      try {
        return super.fetch(ask);
      } catch (CorpusyncException e) {
        throw new IllegalStateException("the sync failed", e);
      }
    }

    @Override
    boolean end(int records) {
      return false;
    }
  }

  private static final class Wordy extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      try {
        return super.transform(ticket, lookups);
      } catch (MalformedRecordException e) {
        LoggerFactory.getLogger("tickets").warn("a ticket cannot be read");
        throw e;
      }
    }
  }
}
