package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.At;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Windows;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.reference.DeltaReference;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.WindowReference;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the checks of INC find out. */
final class ChangeMutants {
  private ChangeMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("reads twenty days again", since(Duration.ofDays(20))),
        Mutant.of("keeps a watermark of its own", marked(new TicketExtractor())),
        Mutant.of("reads the last ten years every time", since(Duration.ofDays(3650)))
            .foundBy("INC-01"),
        Mutant.of("stamps what it reads with the time", since(new Stamping())).foundBy("INC-02"),
        Mutant.of("reads the first page of changes only", since(new FirstPageOfChanges()))
            .foundBy("INC-03"),
        Mutant.of("asks for what is later than the last run", since(Duration.ofSeconds(-1)))
            .foundBy("INC-04"),
        Mutant.of("continues by the time of the last record", since(new GoesOnByTime()))
            .foundBy("INC-05"),
        Mutant.of("reads no moment twice", since(Duration.ZERO)).foundBy("INC-06"),
        Mutant.of("numbers the results", since(new Numbering())).foundBy("INC-07"),
        Mutant.of("goes by the host's clock", marked(new HostClock())).foundBy("INC-08"),
        Mutant.of("asks for nothing that is not past", since(new PastOnly())).foundBy("INC-09"),
        Mutant.of("trusts the Date of the first answer", marked(new TrustingDate()))
            .foundBy("INC-26"),
        Mutant.of("moves on to the end of a run", marked(new EndOfRun(false))).foundBy("INC-10"),
        Mutant.of("moves on to the end of the first run", marked(new EndOfRun(true)))
            .foundBy("INC-19"),
        Mutant.of("remembers by itself when it asked", since(new Remembering())).foundBy("INC-11"),
        Mutant.of("reads times without their zone", new LocalTimes()).foundBy("INC-12"),
        Mutant.of("rounds the time that it asks with", since(new Rounding())).foundBy("INC-13"),
        Mutant.of("leaves out records without a time", since(new TimedOnly())).foundBy("INC-14"),
        Mutant.of("goes by the newest change that it saw", marked(new NewestSeen()))
            .foundBy("INC-15"),
        Mutant.of("never asks for more than thirty days", since(new ThirtyDays()))
            .foundBy("INC-17"),
        windows("reads windows without their edges", WindowReference.LONGEST, ChangeMutants::inner)
            .foundBy("INC-18"),
        windows("asks for two months at once", Duration.ofDays(60), WindowReference::search)
            .foundBy("INC-18"),
        Mutant.of(
                "continues from a fresh link when its own expired",
                new DeltaReference() {
                  @Override
                  public Source source() {
                    return marked(new FreshLink<>(DeltaReference.delta().extractor()));
                  }
                },
                DeltaReference.WIRE)
            .foundBy("INC-17"),
        Mutant.of("takes changes in another shape", since(new OtherShape())).foundBy("INC-20"),
        Mutant.of("orders versions by nothing", new Unordered()).foundBy("INC-21"),
        Mutant.of("empties before it fills", since(new EmptiesFirst())).foundBy("INC-25"));
  }

  private static Source since(Extractor<?> extractor) {
    return Source.extractor(extractor, Source.Changes.SINCE);
  }

  private static Source marked(Extractor<?> extractor) {
    return Source.extractor(extractor, Source.Changes.TOKEN);
  }

  private static Source since(Duration overlap) {
    return Source.listing(
            Listing.of(at -> Call.get("/tickets"), "data", Paging.cursor("cursor", "next")))
        .changedSince(overlap, (call, time) -> call.query("updated_after", time));
  }

  private static Mutant windows(String name, Duration longest, Windows.Search search) {
    return Mutant.of(
        name,
        new WindowReference() {
          @Override
          public Source source() {
            return Source.windows(uncapped(search, longest).cappedAt(40, "total"));
          }
        },
        WindowReference.WIRE);
  }

  private static Call inner(At at, Instant from, Instant to) {
    boolean edges = Duration.between(from, to).toDays() > 0;
    boolean last = from.equals(at.setting(WindowReference.FROM));
    return WindowReference.search(
        at, last || !edges ? from : from.plusSeconds(1), edges ? to.minusSeconds(1) : to);
  }

  private static final class Stamping extends TicketExtractor {
    @Override
    Instant asked(Instant from) {
      return from.minus(Duration.ofHours(2));
    }

    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      return records.stream()
          .map(r -> with(r, json -> json.put("read_at", ask.now().toString())))
          .toList();
    }
  }

  private static final class FirstPageOfChanges extends TicketExtractor {
    @Override
    boolean goesOn(FetchRequest<Mark> ask, int records) {
      return isFull(ask);
    }
  }

  /** Keyset paging without a second key. */
  private static final class GoesOnByTime extends TicketExtractor {
    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      if (isFull(ask)) {
        return super.fetch(ask);
      }
      Instant from =
          ask.position()
              .map(p -> p.candidate().plusSeconds(1))
              .orElseGet(() -> ask.since().orElseThrow().minusSeconds(10));
      List<Payload> found =
          ask.api().send(Call.get("/tickets").query("updated_after", from)).records("data");
      return found.isEmpty()
          ? Page.of(found).end(ask.deltaToken().orElseThrow(), Proof.NONE)
          : Page.of(found).next(new Mark("", from, newest(found, from)));
    }
  }

  private static Instant newest(List<Payload> records, Instant least) {
    return records.stream()
        .flatMap(r -> r.json().findInstant("updated_at").stream())
        .reduce(least, (a, b) -> a.isAfter(b) ? a : b);
  }

  private static final class Numbering extends TicketExtractor {
    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      return IntStream.range(0, records.size())
          .mapToObj(
              i ->
                  with(
                      records.get(i),
                      json -> json.put("subject", json.path("subject").asString() + " " + i)))
          .toList();
    }
  }

  private static final class HostClock extends TicketExtractor {
    @Override
    Instant watermark(FetchRequest<Mark> ask, Reply reply, List<Payload> records) {
      return ask.position().map(Mark::candidate).orElse(ask.now());
    }
  }

  private static final class PastOnly extends TicketExtractor {
    @Override
    Instant from(FetchRequest<Mark> ask, Instant watermark) {
      if (watermark.isAfter(ask.now())) {
        throw new ConnectorDefectException("the last run is in the future");
      }
      return watermark;
    }
  }

  private static final class TrustingDate extends TicketExtractor {
    @Override
    Instant watermark(FetchRequest<Mark> ask, Reply reply, List<Payload> records) {
      return ask.position().map(Mark::candidate).orElseGet(() -> reply.date().orElseThrow());
    }
  }

  private static final class EndOfRun extends TicketExtractor {
    private final boolean full;

    EndOfRun(boolean full) {
      this.full = full;
    }

    @Override
    Instant watermark(FetchRequest<Mark> ask, Reply reply, List<Payload> records) {
      return isFull(ask) == full
          ? reply.date().orElseThrow()
          : super.watermark(ask, reply, records);
    }
  }

  private static final class Remembering extends TicketExtractor {
    private @Nullable Instant asked;

    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Page<Mark> page = super.fetch(ask);
      if (isFull(ask)) {
        asked = ask.now();
      }
      return page;
    }

    @Override
    Instant from(FetchRequest<Mark> ask, Instant watermark) {
      Instant from = asked == null ? watermark : asked;
      asked = ask.now();
      return from;
    }
  }

  private static final class LocalTimes extends ReferenceConnector {
    @Override
    public Revision revision(Item ticket) {
      return Revision.time(
          LocalDateTime.parse(ticket.text("updated_at").substring(0, 19))
              .toInstant(ZoneOffset.UTC));
    }
  }

  private static final class Rounding extends TicketExtractor {
    @Override
    Instant asked(Instant from) {
      return super.asked(from).plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
    }
  }

  private static final class TimedOnly extends TicketExtractor {
    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      return records.stream().filter(r -> r.json().has("updated_at")).toList();
    }
  }

  private static final class NewestSeen extends TicketExtractor {
    @Override
    Instant watermark(FetchRequest<Mark> ask, Reply reply, List<Payload> records) {
      Instant before =
          ask.position().or(ask::deltaToken).map(Mark::candidate).orElse(Instant.EPOCH);
      return newest(records, before);
    }
  }

  private static final class ThirtyDays extends TicketExtractor {
    @Override
    Instant from(FetchRequest<Mark> ask, Instant watermark) {
      Instant earliest = ask.now().minus(Duration.ofDays(30));
      return watermark.isBefore(earliest) ? earliest : watermark;
    }
  }

  private static final class OtherShape extends TicketExtractor {
    @Override
    List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
      return isFull(ask)
          ? records
          : records.stream().map(r -> with(r, json -> json.put("subject", "Ticket"))).toList();
    }
  }

  private static final class Unordered extends ReferenceConnector {
    @Override
    public Revision revision(Item ticket) {
      return Revision.number(1);
    }
  }

  private static final class EmptiesFirst extends TicketExtractor {
    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      Optional<Mark> position = ask.position();
      if (position.isEmpty() && isFull(ask)) {
        Reply reply = ask.api().send(Call.get("/tickets"));
        Set<String> ids =
            reply.records("data").stream().map(r -> r.json().id("id")).collect(Collectors.toSet());
        return Page.of(List.of())
            .gone(ids)
            .next(new Mark("start", null, reply.date().orElseThrow()));
      }
      return super.fetch(
          position.filter(p -> p.cursor().equals("start")).isEmpty()
              ? ask
              : ask.withPosition(Optional.empty()));
    }
  }

  /** Asks whether its link is known; if not, it walks to the next link and takes nothing in. */
  private static final class FreshLink<C extends SyncCursor> extends DeltaReference.Altered<C> {
    FreshLink(Extractor<C> real) {
      super(real);
    }

    @Override
    public Page<C> altered(Extractor<C> delta, FetchRequest<C> ask) {
      boolean resumes = ask.position().isEmpty() && ask.deltaToken().isPresent();
      if (!resumes || isKnown(ask.api(), link(ask.deltaToken().get()))) {
        return delta.fetch(ask);
      }
      Optional<C> position = Optional.empty();
      while (true) {
        Page<C> page =
            delta.fetch(
                FetchRequest.<C>first(ask.at(), ask.api(), ask.now()).withPosition(position));
        if (page.next().isEmpty()) {
          return ended(Page.of(List.of()), page);
        }
        position = page.next();
      }
    }

    private static boolean isKnown(Api api, String link) {
      return api.find(Call.follow(link)).isPresent();
    }

    private static String link(SyncCursor mark) {
      return mark.toString().replaceFirst("^Link\\[link=(.*)]$", "$1");
    }
  }
}
