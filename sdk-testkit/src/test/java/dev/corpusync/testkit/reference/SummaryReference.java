package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.MalformedReplyException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Asks for one ticket. */
  public Api.Attempt ask(Api api, Call call) {
    return api.attempt(call);
  }

  /** Whether a ticket without a record may be there all the same. */
  public boolean isUnclear(Api.Attempt fetched) {
    return !(fetched instanceof Api.Attempt.Gone);
  }

  private Optional<Payload> read(Payload listed, String id, Api.Attempt fetched) {
    try {
      return kept(listed, fetched).filter(record -> id(record).equals(Optional.of(id)));
    } catch (MalformedReplyException e) {
      return Optional.empty();
    }
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
      Map<String, String> failed = new LinkedHashMap<>();
      int nameless = 0;
      for (Payload listed : reply.records("data")) {
        Optional<String> id = id(listed);
        if (id.isEmpty()) {
          nameless++;
          continue;
        }
        Api.Attempt fetched = ask(ask.api(), Call.get("/tickets/{}", id.get()));
        Optional<Payload> record = read(listed, id.get(), fetched);
        record.ifPresent(records::add);
        if (record.isEmpty() && isUnclear(fetched)) {
          failed.put(id.get(), "it was listed, and is not in the answer for it");
        }
      }
      Page.Builder page = Page.of(records).failed(failed);
      for (int i = 0; i < nameless; i++) {
        page.unreadable("a listed ticket has no id");
      }
      // What was not answered may be there still: such a listing proves nothing.
      Proof proof = failed.isEmpty() ? Proof.SAID : Proof.NONE;
      return reply
          .json()
          .findText("next")
          .map(next -> page.next(new At(next), proof))
          .orElseGet(() -> page.end(proof));
    }
  }
}
