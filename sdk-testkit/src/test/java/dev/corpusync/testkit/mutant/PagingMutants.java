package dev.corpusync.testkit.mutant;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corpusync.artifact.Payload;
import dev.corpusync.connector.Connector;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.ShelfReference;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.reference.WindowReference;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Connectors that page wrongly. */
public final class PagingMutants {
  private static final Wire LAST_CHANGED_FIRST =
      Wire.bearer()
          .list(
              "/tickets",
              TicketWire.TICKETS,
              Pages.cursor("cursor", "next").in("data"),
              Changes.since("updated_after").lastChangedFirst());

  private PagingMutants() {}

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>(PagingFamilies.all());
    all.addAll(
        List.of(
            Mutant.of("reference", new ReferenceConnector()),
            Mutant.of("goes up by three", PagingFamilies.by(new UpByThree()), PagingFamilies.OFFSET)
                .foundBy("PAGE-01"),
            Mutant.of("takes an empty page for the end", own(new EmptyIsEnd())).foundBy("PAGE-02"),
            Mutant.of("cannot begin with nothing", own(new SomethingFirst())).foundBy("PAGE-03"),
            Mutant.of("counts its pages in the cursor", own(new Counting())).foundBy("PAGE-05"),
            Mutant.of("takes not found for the end", own(new NotFoundIsEnd())).foundBy("PAGE-06"),
            Mutant.of("writes the page on its records", own(new PageOnRecords()))
                .foundBy("PAGE-07"),
            numbered("takes a record that it had for the end", new KnownIsEnd()).foundBy("PAGE-08"),
            numbered("is sure of numbered pages", new SureOfNumbers()).foundBy("PAGE-09"),
            Mutant.of("encodes cursors itself", own(new Encoding())).foundBy("PAGE-11"),
            Mutant.of("takes the cursor 0 for the end", own(new ZeroIsEnd())).foundBy("PAGE-11"),
            Mutant.of(
                    "takes the first link for the next",
                    PagingFamilies.by(new FirstLink()),
                    PagingFamilies.LINK)
                .foundBy("PAGE-12"),
            Mutant.of(
                    "stops by the total",
                    PagingFamilies.by(new StopsByTotal()),
                    PagingFamilies.OFFSET_OF_TOTAL)
                .foundBy("PAGE-13"),
            Mutant.of("takes a short page for the last", own(new ShortIsLast())).foundBy("PAGE-14"),
            Mutant.of("keeps its cursor to itself", own(new KeepingCursor())).foundBy("PAGE-15"),
            Mutant.of("reads two pages of remarks", new TwoPages(), ShelfReference.WIRE)
                .foundBy("PAGE-17"),
            Mutant.of(
                    "stops at the first record that is old",
                    PagingFamilies.from(own(new StopsAtOld())),
                    LAST_CHANGED_FIRST)
                .foundBy("PAGE-18"),
            Mutant.of("reads at most fifty pages", own(new Fifty())).foundBy("PAGE-19"),
            numbered("writes numbers on its records", new NumbersOnRecords()).foundBy("PAGE-20"),
            Mutant.of("knows of no cap", new Uncapped(), WindowReference.WIRE).foundBy("PAGE-21")));
    return all;
  }

  private static Mutant numbered(String name, NumberedExtractor walk) {
    return Mutant.of(name, PagingFamilies.from(own(walk)), PagingFamilies.NUMBERED);
  }

  public static Extractor<?> firstPageOnly() {
    return new FirstPageOnly();
  }

  public static Connector connector(Source source) {
    return new ReferenceConnector() {
      @Override
      public Source source() {
        return source;
      }
    };
  }

  public static Source own(Extractor<?> extractor) {
    return Source.extractor(extractor, Source.Changes.SINCE);
  }

  /** Where it continues. */
  record At(String cursor) implements SyncCursor {}

  /** The reference's way of paging, by hand: what a mutant changes is {@link #end}. */
  abstract static class ByHand implements Extractor<At> {
    @Override
    public Class<At> cursor() {
      return At.class;
    }

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      return page(ask.api().send(call(ask)));
    }

    static Call call(FetchRequest<At> ask) {
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

  /** Whatever the size of the pages is. */
  private static final class UpByThree implements Paging {
    @Override
    public Call at(Call first, String position) {
      return first.query("skip", position);
    }

    @Override
    public Step next(Reply reply, int records, Optional<String> position) {
      return records == 0
          ? Step.end(Proof.INFERRED)
          : Step.at(Integer.toString(position.map(Integer::parseInt).orElse(0) + 3));
    }
  }

  private static final class SomethingFirst extends TicketExtractor {
    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      if (isFull(ask) && ask.position().isEmpty() && records.isEmpty()) {
        throw new NoSuchElementException("no first record");
      }
      return records;
    }
  }

  private static final class Counting implements Extractor<Counting.Count> {
    record Count(int page, String cursor) implements SyncCursor {}

    @Override
    public Class<Count> cursor() {
      return Count.class;
    }

    @Override
    public Page<Count> fetch(FetchRequest<Count> ask) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      Reply reply =
          ask.api().send(ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
      Page.Builder page = Page.of(reply.records("data"));
      int count = ask.position().map(Count::page).orElse(0) + 1;
      return reply
          .json()
          .findText("next")
          .map(next -> page.next(new Count(count, next)))
          .orElseGet(() -> page.end(Proof.SAID));
    }
  }

  private static final class NotFoundIsEnd extends TicketExtractor {
    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      if (ask.position().isPresent()
          && ask.api()
              .find(Call.get("/tickets").query("cursor", ask.position().get().cursor()))
              .isEmpty()) {
        return Page.of(List.of())
            .end(new Mark("", null, ask.position().get().candidate()), Proof.SAID);
      }
      return super.fetch(ask);
    }
  }

  private static final class PageOnRecords extends TicketExtractor {
    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      String page = ask.position().map(Mark::cursor).orElse("the first");
      return records.stream()
          .map(r -> with(r, json -> json.put("subject", "On page " + page)))
          .toList();
    }
  }

  private static final class KnownIsEnd extends NumberedExtractor {
    @Override
    boolean isEnd(Place place, List<Payload> records) {
      return records.isEmpty() || records.stream().anyMatch(r -> fingerprint(r) == place.last());
    }
  }

  private static final class SureOfNumbers extends NumberedExtractor {
    @Override
    Proof proof() {
      return Proof.SAID;
    }

    @Override
    Proof soFar() {
      return Proof.SAID;
    }
  }

  private static final class NumbersOnRecords extends NumberedExtractor {
    @Override
    List<Payload> kept(Place place, List<Payload> records) {
      return records.stream()
          .map(r -> TicketExtractor.with(r, json -> json.put("page", place.page())))
          .toList();
    }
  }

  private static final class Encoding extends ByHand {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      return super.fetch(
          ask.withPosition(ask.position().map(p -> new At(URLEncoder.encode(p.cursor(), UTF_8)))));
    }

    @Override
    boolean end(int records) {
      return false;
    }
  }

  private static final class ZeroIsEnd extends TicketExtractor {
    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Page<Mark> page = super.fetch(ask);
      return page.next().filter(n -> n.cursor().equals("0")).isPresent()
          ? Page.of(page.records()).end(page.next().get(), Proof.SAID)
          : page;
    }
  }

  private static final class FirstLink implements Paging {
    @Override
    public Call at(Call first, String position) {
      return Paging.link().at(first, position);
    }

    @Override
    public Step next(Reply reply, int records, Optional<String> position) {
      return reply
          .header("link")
          .map(header -> header.substring(header.indexOf('<') + 1, header.indexOf('>')))
          .map(Step::at)
          .orElse(Step.end(Proof.INFERRED));
    }
  }

  private static final class StopsByTotal implements Paging {
    @Override
    public Call at(Call first, String position) {
      return first.query("skip", position);
    }

    @Override
    public Step next(Reply reply, int records, Optional<String> position) {
      long read = position.map(Long::parseLong).orElse(0L) + records;
      return records > 0 && read < reply.json().number("total")
          ? Step.at(Long.toString(read))
          : Step.end(Proof.INFERRED);
    }
  }

  private static final class KeepingCursor extends TicketExtractor {
    private final TrialDetector trials = new TrialDetector();
    private Optional<Mark> kept = Optional.empty();

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      if (trials.isNew(ask)) {
        kept = Optional.empty();
      }
      Page<Mark> page = super.fetch(ask.withPosition(kept.or(ask::position)));
      kept = page.next();
      return page;
    }
  }

  private static final class TwoPages extends ShelfReference {
    @Override
    public Listing remarks() {
      Paging all = Paging.numbered("page", 0);
      return Listing.of(
          at -> Call.get("/books/{}/remarks", at.item().id("id")),
          "remarks",
          new Paging() {
            @Override
            public Call at(Call first, String position) {
              return all.at(first, position);
            }

            @Override
            public Step next(Reply reply, int records, Optional<String> position) {
              return position.filter("2"::equals).isPresent()
                  ? Step.end(Proof.INFERRED)
                  : all.next(reply, records, position);
            }
          });
    }
  }

  private static final class StopsAtOld extends TicketExtractor {
    @Override
    Instant asked(Instant from) {
      return Instant.EPOCH;
    }

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Page<Mark> page = super.fetch(ask);
      Optional<Instant> from = page.next().or(ask::position).map(Mark::since);
      boolean old =
          from.isPresent()
              && page.records().stream()
                  .anyMatch(r -> r.json().instant("updated_at").isBefore(from.get()));
      return old && page.next().isPresent()
          ? Page.of(page.records())
              .end(new Mark("", null, page.next().get().candidate()), Proof.NONE)
          : page;
    }
  }

  private static final class Fifty extends TicketExtractor {
    private int pages;

    @Override
    boolean goesOn(FetchRequest<Mark> ask, int records) {
      pages = ask.position().isEmpty() ? 1 : pages + 1;
      return pages < 50;
    }
  }

  private static final class Uncapped extends WindowReference {
    @Override
    public Source source() {
      return Source.windows(uncapped(WindowReference::search, LONGEST));
    }
  }
}
