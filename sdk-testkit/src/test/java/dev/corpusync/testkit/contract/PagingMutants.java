package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.extract.Ask;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.util.List;
import java.util.Optional;

/** Connectors that page wrongly. */
final class PagingMutants {
  private PagingMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("reference", new ReferenceConnector()),
        Mutant.of("takes an empty page for the end", own(new EmptyIsEnd())),
        Mutant.of("takes a short page for the last", own(new ShortIsLast())));
  }

  static Extractor<?> firstPageOnly() {
    return new FirstPageOnly();
  }

  static Connector connector(Source source) {
    return new ReferenceConnector() {
      @Override
      public Source source() {
        return source;
      }
    };
  }

  static Source own(Extractor<?> extractor) {
    return Source.extractor(extractor, Source.Changes.SINCE);
  }

  /** Where it goes on. */
  record At(String cursor) implements SyncCursor {}

  /** The reference's way of paging, by hand: what a mutant changes is {@link #end}. */
  abstract static class ByHand implements Extractor<At> {
    @Override
    public Class<At> cursor() {
      return At.class;
    }

    @Override
    public Page<At> fetch(Ask<At> ask) {
      return page(ask.api().send(call(ask)));
    }

    static Call call(Ask<At> ask) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      return ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first);
    }

    Page<At> page(Reply reply) {
      Page.Builder page = Page.of(reply.records("data"));
      Optional<String> next =
          reply.json().findText("next").filter(n -> !end(reply.records("data").size()));
      return next.map(n -> page.next(new At(n))).orElseGet(() -> page.end(Proof.SAID));
    }

    /** Whether a page of so many records is the last, whatever the reply says. */
    abstract boolean end(int records);
  }

  private static final class FirstPageOnly extends ByHand {
    @Override
    boolean end(int records) {
      return true;
    }
  }

  private static final class EmptyIsEnd extends ByHand {
    @Override
    boolean end(int records) {
      return records == 0;
    }
  }

  private static final class ShortIsLast extends ByHand {
    @Override
    boolean end(int records) {
      return records < 3;
    }
  }
}
