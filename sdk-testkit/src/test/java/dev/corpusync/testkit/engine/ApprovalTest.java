package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Raw.BOX;
import static dev.corpusync.testkit.engine.Raw.KEY;
import static dev.corpusync.testkit.engine.Raw.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An approval looks again, and a plan ends when its reason does (P7). */
class ApprovalTest {
  private final Raw raw = new Raw();

  @AfterEach
  void close() {
    raw.close();
  }

  private static Source since() {
    return Source.listing(
            Listing.of(at -> Call.get("/things"), "data", Paging.cursor("cursor", "next")))
        .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
  }

  /** All hundred in a full listing; only the first one as changed. */
  private void healthy() {
    raw.route(
        "/things",
        request ->
            FakeReply.json(
                Raw.page(request.query("since").isPresent() ? List.of("t1") : Raw.ids("t", 100))));
  }

  private void outage() {
    raw.route("/things", request -> FakeReply.json(Raw.page(Raw.ids("t", 40))));
  }

  private static String plan(Corpusync engine) {
    return engine.heldDeletions(KEY).get(0).plan();
  }

  @Test
  void after_a_recovery_that_only_incremental_syncs_saw_an_approval_deletes_nothing() {
    healthy();
    try (Corpusync engine = raw.engine(Raw.Things.from(since()))) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      assertThat(engine.heldDeletions(KEY)).extracting(HeldDeletion::missing).containsExactly(60);
      healthy();
      engine.sync(KEY);
      engine.sync(KEY);
      Run approved = engine.approve(KEY, plan(engine));
      assertThat(approved.counts().deleted()).isZero();
      assertThat(approved.state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(raw.stored(THING)).isEqualTo(100);
    }
  }

  @Test
  void what_is_still_missing_is_deleted_and_the_rest_stays() {
    healthy();
    try (Corpusync engine = raw.engine(Raw.Things.from(since()))) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      raw.page("/things", Raw.ids("t", 70));
      assertThat(engine.approve(KEY, plan(engine)).counts().deleted()).isEqualTo(30);
      assertThat(raw.stored(THING)).isEqualTo(70);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
    }
  }

  /** What the new listing misses beyond the plan was never shown to the person. */
  @Test
  void an_approval_covers_what_its_plan_names_and_no_more() {
    healthy();
    try (Corpusync engine = raw.engine(Raw.Things.from(since()))) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      raw.page("/things", List.of());
      Run approved = engine.approve(KEY, plan(engine));
      assertThat(approved.counts().deleted()).isEqualTo(60);
      assertThat(engine.heldDeletions(KEY)).extracting(HeldDeletion::missing).containsExactly(40);
      assertThat(raw.stored(THING)).isEqualTo(40);
    }
  }

  @Test
  void an_approval_whose_new_listing_fails_or_proves_nothing_deletes_nothing() {
    healthy();
    try (Corpusync engine = raw.engine(Raw.Things.from(since()))) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      raw.reply("/things", FakeReply.status(400));
      assertThat(engine.approve(KEY, plan(engine)).state()).isEqualTo(State.FAILED);
      raw.reply("/things", FakeReply.json(Raw.page(List.of())).withStatus(203));
      assertThat(engine.approve(KEY, plan(engine)).message()).contains("proves nothing");
      assertThat(raw.stored(THING)).isEqualTo(100);
      assertThat(engine.heldDeletions(KEY)).hasSize(1);
    }
  }

  @Test
  void where_items_can_be_fetched_by_id_each_is_asked_for() {
    raw.page("/things", Raw.ids("t", 100));
    Stream things =
        Raw.ThingsById.from(since(), ByIds.each((at, id) -> Call.get("/things/{}", id)));
    try (Corpusync engine = raw.engine(things)) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      String plan = plan(engine);
      // 41 to 60 are there, 61 to 80 answer with an error, the others are gone
      IntStream.rangeClosed(41, 60)
          .forEach(i -> raw.json("/things/t" + i, "{\"id\":\"t" + i + "\"}"));
      IntStream.rangeClosed(61, 80)
          .forEach(i -> raw.json("/things/t" + i, "{\"error\":\"maintenance\"}"));
      Run approved = engine.approve(KEY, plan);
      assertThat(approved.counts().deleted()).as("%s", approved).isEqualTo(20);
      assertThat(raw.stored(THING)).isEqualTo(80);
      assertThat(engine.heldDeletions(KEY)).extracting(HeldDeletion::missing).containsExactly(20);
      assertThat(engine.failures(KEY, 100)).hasSize(20).allMatch(FailedItem::isIdentified);
      IntStream.rangeClosed(61, 80).forEach(i -> raw.routes.remove("/things/t" + i));
      engine.approve(KEY, plan);
      assertThat(raw.stored(THING)).isEqualTo(60);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
    }
  }

  @Test
  void what_a_batch_returns_is_not_deleted_although_a_miss_in_it_proves_nothing() {
    raw.page("/things", Raw.ids("t", 100));
    Stream things =
        Raw.ThingsById.from(
            since(),
            ByIds.batch(
                50, (at, ids) -> Call.get("/batch").query("ids", String.join(",", ids)), "data"));
    try (Corpusync engine = raw.engine(things)) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      raw.page("/batch", Raw.ids("t", 70));
      Run approved = engine.approve(KEY, plan(engine));
      assertThat(approved.counts().deleted()).as("%s", approved).isEqualTo(30);
      assertThat(raw.stored(THING)).isEqualTo(70);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
    }
  }

  @Test
  void a_refresh_takes_what_it_finds_off_the_plan() {
    raw.page("/things", Raw.ids("t", 100)).json("/things/t100", "{\"id\":\"t100\"}");
    Stream things =
        Raw.ThingsById.from(since(), ByIds.each((at, id) -> Call.get("/things/{}", id)));
    try (Corpusync engine = raw.engine(things)) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      engine.refresh(KEY, List.of(THING.ref("t100")));
      assertThat(engine.heldDeletions(KEY).get(0).missing()).isEqualTo(59);
    }
  }

  @Test
  void an_incremental_sync_that_sees_items_of_a_plan_owes_a_full_one_which_withdraws_it() {
    healthy();
    try (Corpusync engine = raw.engine(Raw.Things.from(since()))) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      raw.route(
          "/things",
          request ->
              FakeReply.json(
                  Raw.page(
                      request.query("since").isPresent() ? List.of("t100") : Raw.ids("t", 100))));
      engine.sync(KEY);
      assertThat(engine.heldDeletions(KEY).get(0).missing()).isEqualTo(59);
      Run full = engine.sync(KEY);
      assertThat(full.message()).contains("read in full", "seen again");
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(full.state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void a_plan_of_which_everything_was_seen_again_is_withdrawn() {
    healthy();
    try (Corpusync engine = raw.engine(Raw.Things.from(since()))) {
      engine.sync(KEY);
      outage();
      engine.resync(KEY);
      raw.page("/things", Raw.ids("t", 100));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
    }
  }

  @Test
  void the_plan_of_a_listing_of_containers_is_looked_at_again_too() {
    raw.page("/boxes", Raw.ids("b", 4));
    Raw.ids("b", 4).forEach(box -> raw.page("/boxes/" + box + "/things", Raw.ids(box + "-", 30)));
    Stream boxes =
        new Raw.Boxes(
            BOX,
            Source.listing(
                    Listing.of(at -> Call.get("/boxes"), "data", Paging.cursor("cursor", "next")))
                .relisted());
    Stream within =
        new Raw.Within(
            THING,
            BOX,
            Source.listing(
                    Listing.of(
                        at -> Call.get("/boxes/{}/things", at.parent().id("id")),
                        "data",
                        Paging.cursor("cursor", "next")))
                .relisted());
    try (Corpusync engine = raw.engine(boxes, within)) {
      engine.sync(KEY);
      raw.page("/boxes", List.of());
      engine.sync(KEY);
      String plan = plan(engine);
      raw.page("/boxes", List.of("b1", "b2", "b3"));
      Run approved = engine.approve(KEY, plan);
      assertThat(approved.counts().deleted()).isEqualTo(31);
      assertThat(raw.stored(THING)).isEqualTo(90);
      assertThat(Objects.requireNonNull(engine.sync(KEY)).state()).isEqualTo(State.SUCCEEDED);
    }
  }
}
