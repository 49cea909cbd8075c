package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Correct and unusual: takes only the ids from the listing and fetches each ticket by itself, so
 * what it keeps is judged by what it fetched.
 */
public class SummaryReference extends ReferenceConnector {
  static final Wire WIRE =
      Wire.bearer()
          .list(
              "/tickets",
              TicketWire.TICKETS,
              Pages.cursor("cursor", "next").in("data"),
              Changes.since("updated_after"))
          .one(TicketWire.TICKETS, t -> "/tickets/" + t.id());

  public static Subject subject(SummaryReference connector) {
    return Subject.of(connector, WIRE, StoreFixture.inMemory());
  }

  @Override
  public Source source() {
    return Source.extractor(new EachByItself(), Source.Changes.SINCE);
  }

  /** What is kept of a ticket that the listing named. */
  public Optional<Payload> kept(Payload listed, Api.Attempt fetched) {
    return fetched instanceof Api.Attempt.Found found
        ? Optional.of(found.reply().record())
        : Optional.empty();
  }

  private static Optional<String> id(Payload listed) {
    try {
      return listed.json().findId("id");
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  /** Where it continues. */
  record At(String cursor) implements SyncCursor {}

  private final class EachByItself implements Extractor<At> {
    @Override
    public Class<At> cursor() {
      return At.class;
    }

    @Override
    public int requestsPerPage() {
      return 101;
    }

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      Reply reply =
          ask.api().send(ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
      List<Payload> records = new ArrayList<>();
      boolean whole = true;
      int nameless = 0;
      for (Payload listed : reply.records("data")) {
        Optional<String> id = id(listed);
        if (id.isEmpty()) {
          nameless++;
          continue;
        }
        Api.Attempt fetched = ask.api().attempt(Call.get("/tickets/{}", id.get()));
        kept(listed, fetched).ifPresent(records::add);
        whole &= !(fetched instanceof Api.Attempt.Denied);
      }
      Page.Builder page = Page.of(records);
      for (int i = 0; i < nameless; i++) {
        page.unreadable("a listed ticket has no id");
      }
      // What is denied may be there still: such a listing proves nothing.
      Proof proof = whole ? Proof.SAID : Proof.NONE;
      return reply
          .json()
          .findText("next")
          .map(next -> page.next(new At(next), proof))
          .orElseGet(() -> page.end(proof));
    }
  }
}
