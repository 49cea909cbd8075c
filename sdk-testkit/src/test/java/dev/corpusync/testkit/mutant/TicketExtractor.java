package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Payload;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reference's way of reading, by hand and with a watermark of its own; it is right unless a
 * mutant overrides one of its steps.
 */
class TicketExtractor implements Extractor<TicketExtractor.Mark> {
  /**
   * @param cursor where the pass continues
   * @param since from when on it reads; absent for everything
   * @param candidate the watermark that it ends with
   */
  record Mark(String cursor, @Nullable Instant since, Instant candidate) implements SyncCursor {}

  @Override
  public Class<Mark> cursor() {
    return Mark.class;
  }

  @Override
  public Page<Mark> fetch(FetchRequest<Mark> ask) {
    Optional<Instant> since =
        ask.position().isPresent()
            ? ask.position().map(Mark::since)
            : ask.deltaToken().map(Mark::candidate).or(ask::since).map(t -> from(ask, t));
    Call all = Call.get("/tickets");
    Call first = since.map(t -> all.query("updated_after", asked(t))).orElse(all);
    Reply reply =
        ask.api().send(ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
    List<Payload> records = reply.records("data");
    Instant candidate = watermark(ask, reply, records);
    Page.Builder page = Page.of(kept(ask, records));
    return reply
        .json()
        .findText("next")
        .filter(next -> goesOn(ask, records.size()))
        .map(next -> page.next(new Mark(next, since.orElse(null), candidate)))
        .orElseGet(() -> page.end(new Mark("", null, candidate), Proof.SAID));
  }

  /** From when on a pass reads. */
  Instant from(FetchRequest<Mark> ask, Instant watermark) {
    return watermark;
  }

  /** What the API is asked with. */
  Instant asked(Instant from) {
    return from.minus(Duration.ofSeconds(10));
  }

  /** The source's time of the first reply, unless that is later than our own. */
  Instant watermark(FetchRequest<Mark> ask, Reply reply, List<Payload> records) {
    return ask.position()
        .map(Mark::candidate)
        .orElseGet(() -> reply.date().filter(ask.now()::isAfter).orElse(ask.now()));
  }

  /** The records as they are handed on. */
  List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
    return records;
  }

  /** Whether a next page that is told is read. */
  boolean goesOn(FetchRequest<Mark> ask, int records) {
    return true;
  }

  static boolean isFull(FetchRequest<Mark> ask) {
    return ask.position()
        .map(p -> p.since() == null)
        .orElse(ask.since().isEmpty() && ask.deltaToken().isEmpty());
  }

  /** A record, changed. */
  static Payload with(Payload record, UnaryOperator<ObjectNode> change) {
    ObjectNode copy = (ObjectNode) record.json().tree().deepCopy();
    return Payload.of(change.apply(copy).toString().getBytes(StandardCharsets.UTF_8));
  }
}
