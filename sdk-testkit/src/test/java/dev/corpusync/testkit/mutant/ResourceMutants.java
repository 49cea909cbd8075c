package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Payload;
import dev.corpusync.document.Document;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.transform.Lookups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Connectors that keep more and more. */
final class ResourceMutants {
  private ResourceMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.reborn("keeps all that it has read", KeepsAll::new).foundBy("RES-04"),
        Mutant.of(
                "its mark grows with each run",
                Source.extractor(new GrowingMark(), Source.Changes.TOKEN))
            .foundBy("RES-05"),
        Mutant.of("remembers titles for all connections", new StaticTitles()).foundBy("RES-06"),
        Mutant.of("counts in a static field", new Counts()).foundBy("RES-06"));
  }

  private static final class KeepsAll extends TicketExtractor {
    private final List<Payload> all = new ArrayList<>();

    @Override
    List<Payload> kept(FetchRequest<TicketExtractor.Mark> ask, List<Payload> records) {
      all.addAll(records);
      return records;
    }
  }

  /**
   * Where it continues.
   *
   * @param before every mark so far
   */
  record Mark(String cursor, List<String> before) implements SyncCursor {}

  private static final class GrowingMark implements Extractor<Mark> {
    @Override
    public Class<Mark> cursor() {
      return Mark.class;
    }

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      Reply reply =
          ask.api().send(ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
      Page.Builder page = Page.of(reply.records("data"));
      List<String> marks = new ArrayList<>(ask.deltaToken().map(Mark::before).orElse(List.of()));
      marks.add("one more");
      return reply
          .json()
          .findText("next")
          .map(n -> page.next(new Mark(n, List.of())))
          .orElseGet(() -> page.end(new Mark("", marks), Proof.SAID));
    }
  }

  private static final class StaticTitles extends ReferenceConnector {
    private static final Map<String, String> TITLES = new ConcurrentHashMap<>();

    @Override
    public Document transform(Item ticket, Lookups lookups) {
      TITLES.put(ticket.id("id"), ticket.text("subject"));
      return super.transform(ticket, lookups);
    }
  }

  private static final class Counts extends ReferenceConnector {
    private static int documents;

    @Override
    public Document transform(Item ticket, Lookups lookups) {
      documents++;
      return super.transform(ticket, lookups);
    }
  }
}
