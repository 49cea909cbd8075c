package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Raw.KEY;
import static dev.corpusync.testkit.engine.Raw.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves that something is deleted, and what only looks like it (P7, P4). */
class EvidenceTest {
  private final Raw raw = new Raw();

  @AfterEach
  void close() {
    raw.close();
  }

  private static Listing listing(Paging paging) {
    return Listing.of(at -> Call.get("/things"), "data", paging);
  }

  private static Source since(Listing listing) {
    return Source.listing(listing)
        .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
  }

  private static ByIds each() {
    return ByIds.each((at, id) -> Call.get("/things/{}", id));
  }

  private static ByIds batch() {
    return ByIds.batch(
        10, (at, ids) -> Call.get("/batch").query("ids", String.join(",", ids)), "data");
  }

  private static FakeReply status(int status, String body) {
    return FakeReply.json(body).withStatus(status);
  }

  private Optional<Instant> watermark() {
    return raw.store.checkpoints().checkpoint(KEY, Scope.of(THING)).flatMap(Checkpoint::watermark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"maintenance\"}",
        "{}",
        "[]",
        "null",
        "\"\"",
        "0",
        "{\"id\":\"another\"}",
        "{\"id\":null}",
        "not json"
      })
  void an_answer_by_id_that_is_not_the_record_proves_nothing(String body) {
    raw.page("/things", List.of("a", "b")).json("/things/a", body);
    try (Corpusync engine = raw.engine(Raw.ThingsById.from(since(listing(inferred())), each()))) {
      engine.sync(KEY);
      Run refreshed = engine.refresh(KEY, List.of(THING.ref("a")));
      assertThat(refreshed.counts().deleted()).isZero();
      assertThat(engine.failures(KEY, 10)).extracting(FailedItem::id).containsExactly("a");
      assertThat(refreshed.state()).isEqualTo(State.NEEDS_REVIEW);
      raw.page("/things", List.of("b"));
      assertThat(engine.resync(KEY).counts().deleted()).as("confirmed in a resync").isZero();
      raw.time.advance(Duration.ofDays(2));
      assertThat(engine.sync(KEY).counts().deleted()).as("retried").isZero();
      assertThat(raw.store.corpus().states(KEY, THING, List.of("a"))).hasSize(1);
      raw.routes.remove("/things/a");
      raw.time.advance(Duration.ofDays(2));
      assertThat(engine.sync(KEY).counts().deleted()).as("404").isEqualTo(1);
      assertThat(engine.failures(KEY, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"202", "203", "204", "205", "206", "226"})
  void an_answer_by_id_with_another_status_and_nothing_in_it_proves_nothing(int status) {
    raw.page("/things", List.of("a", "b"))
        .reply("/things/a", FakeReply.bytes(status, "application/json", new byte[0]));
    try (Corpusync engine = raw.engine(Raw.ThingsById.from(since(listing(inferred())), each()))) {
      engine.sync(KEY);
      assertThat(engine.refresh(KEY, List.of(THING.ref("a"))).counts().deleted()).isZero();
      assertThat(engine.failures(KEY, 10)).extracting(FailedItem::id).containsExactly("a");
      assertThat(raw.stored(THING)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"data\":[]} | 1",
        "200 | {\"data\":[null]} | 1",
        "200 | {\"data\":[{\"id\":\"b\"}]} | 1",
        "200 | {\"data\":[{\"error\":\"x\"}]} | 0",
        "200 | {\"data\":[\"a\"]} | 0",
        "200 | {\"data\":{}} | 0",
        "200 | {\"data\":null} | 0",
        "200 | {\"error\":\"x\"} | 0",
        "200 | [] | 0",
        "203 | {\"data\":[]} | 0",
        "202 | {\"data\":[]} | 0",
        "206 | {\"data\":[]} | 0",
        "226 | {\"data\":[]} | 0",
        "204 | '' | 0",
        "404 | {} | 0",
      })
  void only_a_whole_batch_that_leaves_an_item_out_proves_that_it_is_deleted(
      int status, String body, int deleted) {
    raw.page("/things", List.of("a", "b")).reply("/batch", status(status, body));
    try (Corpusync engine =
        raw.engine(Raw.ThingsById.from(since(listing(inferred())), batch().missingAreGone()))) {
      engine.sync(KEY);
      Run run = engine.refresh(KEY, List.of(THING.ref("a")));
      assertThat(run.counts().deleted()).as("%s", run).isEqualTo(deleted);
      assertThat(engine.failures(KEY, 10)).hasSize(1 - deleted);
    }
  }

  private static Paging inferred() {
    return Paging.cursorOmittedAtEnd("cursor", "next");
  }

  private static Paging said() {
    return Paging.cursor("cursor", "next");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 206, 207, 226})
  void an_empty_listing_with_another_status_than_200_deletes_nothing(int status) {
    raw.page("/things", Raw.ids("t", 12));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      engine.sync(KEY);
      Optional<Instant> before = watermark();
      raw.time.advance(Duration.ofHours(1));
      raw.reply("/things", status(status, Raw.page(List.of())));
      engine.resync(KEY);
      engine.resync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(12);
      if (status == 202 || status == 206) {
        assertThat(watermark()).as("what was left out is asked for again").isEqualTo(before);
        assertThat(engine.runs(KEY, 1).get(0).message()).contains("not whole");
      }
      raw.page("/things", List.of("t1"));
      engine.sync(KEY);
      engine.resync(KEY);
      assertThat(raw.stored(THING)).as("a whole listing is believed").isEqualTo(1);
    }
  }

  @Test
  void an_answer_of_204_is_an_empty_page_that_proves_nothing_and_keeps_the_watermark() {
    raw.page("/things", Raw.ids("t", 12));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      engine.sync(KEY);
      Optional<Instant> before = watermark();
      raw.time.advance(Duration.ofHours(1));
      raw.reply("/things", FakeReply.bytes(204, "application/json", new byte[0]));
      assertThat(engine.resync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.sync(KEY).message()).contains("not whole");
      assertThat(raw.stored(THING)).isEqualTo(12);
      assertThat(watermark()).isEqualTo(before);
    }
  }

  @Test
  void a_declared_204_is_the_end_of_a_listing_that_two_listings_must_agree_on() {
    raw.page("/things", Raw.ids("t", 12));
    Listing declared = Listing.of(at -> Call.get("/things").emptyOn(204), "data", said());
    try (Corpusync engine = raw.engine(Raw.Things.from(since(declared)))) {
      engine.sync(KEY);
      raw.reply("/things", FakeReply.bytes(204, "application/json", new byte[0]));
      engine.resync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(12);
      engine.resync(KEY);
      assertThat(raw.stored(THING)).isZero();
    }
  }

  /** The page after the first is cut off: what it would have held is still there. */
  @ParameterizedTest
  @ValueSource(ints = {202, 204, 206})
  void a_later_page_that_is_not_whole_spoils_the_whole_listing(int status) {
    raw.route("/things", request -> paged(request, 200));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      engine.sync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(4);
      raw.route("/things", request -> paged(request, status));
      engine.resync(KEY);
      engine.resync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(4);
    }
  }

  private static FakeReply paged(FakeRequest request, int status) {
    if (request.query("cursor").isEmpty()) {
      return FakeReply.json("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":\"2\"}");
    }
    return status == 200
        ? FakeReply.json(Raw.page(List.of("c", "d")))
        : status(status, status == 204 ? "" : Raw.page(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 01 Mar 2026 21:00:00 GMT | 2026-03-01T09:00:00Z",
        "Mon, 01 Mar 2027 09:00:00 GMT | 2026-03-01T09:00:00Z",
        "Fri, 01 Mar 9999 09:00:00 GMT | 2026-03-01T09:00:00Z",
        "Sun, 01 Mar 2026 08:00:00 GMT | 2026-03-01T08:00:00Z",
        "yesterday, I think | 2026-03-01T09:00:00Z",
        "'' | 2026-03-01T09:00:00Z",
      })
  void a_watermark_is_never_later_than_our_clock_allows(String date, Instant watermark) {
    raw.reply("/things", FakeReply.json(Raw.page(List.of("a"))).header("Date", date));
    // What happens between the request and the commit must not move the watermark.
    raw.server.before(n -> raw.time.advance(Duration.ofMinutes(5)));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      engine.sync(KEY);
      assertThat(watermark()).contains(watermark);
    }
  }

  @Test
  void a_watermark_that_lies_in_the_future_is_not_believed() {
    raw.page("/things", List.of("a"));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      engine.sync(KEY);
    }
    raw.time.advance(Duration.ofDays(400));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      engine.sync(KEY);
    }
    // Our clock was a year ahead for a while, and is right again.
    raw.time.advance(Duration.ofDays(-399));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing(said()))))) {
      Run run = engine.sync(KEY);
      assertThat(run.message()).contains("read in full", "future");
      assertThat(raw.server.exchanges().get(2).query()).doesNotContainKey("since");
      assertThat(engine.sync(KEY).message()).isEmpty();
    }
  }

  private static FakeReply counted(String total, List<String> ids) {
    return FakeReply.json(Raw.page(ids).replace("\"next\":null", "\"total\":" + total));
  }

  /** Of 12, three go while the listing is read: what follows them slips over the edge of a page. */
  @Test
  void a_listing_that_drifted_visibly_owes_a_second_look_and_only_one() {
    raw.route(
        "/things",
        request ->
            switch (request.query("offset").orElse("0")) {
              case "0" -> counted("12", Raw.ids("t", 4));
              case "4" -> counted("9", List.of("t8", "t9", "t10", "t11"));
              case "8" -> counted("9", List.of("t12"));
              default -> counted("9", List.of());
            });
    Listing listing = listing(Paging.offsetOfTotal("offset", 4, "total"));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing)))) {
      assertThat(engine.sync(KEY).message()).contains("changed while it was read");
      assertThat(raw.stored(THING)).isEqualTo(9);
      List<String> all = List.of("t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12");
      raw.route(
          "/things",
          request -> {
            int from = Integer.parseInt(request.query("offset").orElse("0"));
            return counted("9", all.subList(Math.min(from, 9), Math.min(from + 4, 9)));
          });
      assertThat(engine.sync(KEY).message()).contains("read in full", "changed while it was read");
      assertThat(raw.store.corpus().states(KEY, THING, List.of("t5", "t6", "t7"))).hasSize(3);
      assertThat(engine.sync(KEY).message()).isEmpty();
    }
  }

  @Test
  void a_source_that_always_drifts_is_read_twice_and_not_for_ever() {
    raw.route(
        "/things",
        request ->
            request.query("offset").isEmpty()
                ? counted("12", Raw.ids("t", 4))
                : counted("8", Raw.ids("u", 4)));
    Listing listing = listing(Paging.offsetOfTotal("offset", 4, "total"));
    try (Corpusync engine = raw.engine(Raw.Things.from(since(listing)))) {
      engine.sync(KEY);
      engine.sync(KEY);
      assertThat(raw.store.checkpoints().checkpoint(KEY, Scope.of(THING)).orElseThrow())
          .extracting(Checkpoint::fullPassOwed)
          .isEqualTo(Optional.empty());
    }
  }
}
