package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Raw.BOX;
import static dev.corpusync.testkit.engine.Raw.KEY;
import static dev.corpusync.testkit.engine.Raw.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.CrashingApiFactory;
import dev.corpusync.testkit.fault.CrashingStore;
import dev.corpusync.testkit.fault.SimulatedCrash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A death between any two steps of a run that deletes leads to the same end (P1, P7). */
class DeletionCrashTest {
  private static final List<String> BOXES = List.of("b1", "b2", "b3");

  private static Paging pages() {
    return Paging.cursor("cursor", "next");
  }

  private static Stream[] streams(Source boxes) {
    return new Stream[] {
      new Raw.Boxes(BOX, boxes),
      new Raw.Within(
          THING,
          BOX,
          Source.listing(
                  Listing.of(
                      at -> Call.get("/boxes/{}/things", at.parent().id("id")), "data", pages()))
              .relisted())
    };
  }

  private static Stream[] relisted() {
    return streams(
        Source.listing(Listing.of(at -> Call.get("/boxes"), "data", pages())).relisted());
  }

  private static Stream[] fed() {
    return streams(
        Source.delta(
            Delta.of(at -> Call.get("/boxes"), "data", "next", "delta", json -> json.has("deleted"))
                .tokensIn("page", "since")));
  }

  private static void before(Raw raw) {
    raw.json("/boxes", Raw.page(BOXES).replace("\"next\":null", token("1")));
    BOXES.forEach(box -> raw.page("/boxes/" + box + "/things", Raw.ids(box + "-", 4)));
  }

  private static String token(String value) {
    return "\"next\":null,\"delta\":\"" + value + "\"";
  }

  /** The third box is gone, what lay in it partly moved, and the second box lost one thing. */
  private static void after(Raw raw, String boxes) {
    raw.json("/boxes", boxes);
    raw.page("/boxes/b1/things", List.of("b1-1", "b1-2", "b1-3", "b1-4", "b3-1"));
    raw.page("/boxes/b2/things", List.of("b2-1", "b2-2", "b2-3", "b3-2"));
    raw.routes.remove("/boxes/b3/things");
  }

  private static TreeMap<String, List<String>> state(Raw raw) {
    TreeMap<String, List<String>> all = new TreeMap<>();
    for (Kind kind : List.of(BOX, THING)) {
      all.put(
          kind.name(), raw.store.corpus().idsAfter(KEY, Scope.of(kind), Optional.empty(), 1_000));
    }
    for (String box : BOXES) {
      Ref ref = BOX.ref(box);
      all.put(box, raw.store.corpus().idsAfter(KEY, Scope.of(THING, ref), Optional.empty(), 1_000));
    }
    all.put("held", raw.store.journal().held(KEY).stream().map(h -> h.plan()).toList());
    return all;
  }

  private void sweep(Stream[] streams, String boxes, Consumer<Corpusync> act) {
    int steps = 0;
    TreeMap<String, List<String>> right = new TreeMap<>();
    CrashPlan counting = CrashPlan.counting();
    try (Raw raw = new Raw()) {
      synced(raw, streams);
      after(raw, boxes);
      run(raw, streams, counting, act);
      steps = counting.steps().size();
      right.putAll(state(raw));
      assertThat(right.get("b1")).contains("b3-1");
      assertThat(right.get("b2")).contains("b3-2").doesNotContain("b2-4");
      assertThat(right.get("box")).containsExactly("b1", "b2");
      assertThat(right.get("thing")).hasSize(9);
    }
    assertThat(steps).isGreaterThan(4);
    for (int step = 1; step <= steps; step++) {
      for (CrashPlan plan : List.of(CrashPlan.before(step), CrashPlan.after(step))) {
        try (Raw raw = new Raw()) {
          synced(raw, streams);
          after(raw, boxes);
          run(raw, streams, plan, act);
          raw.time.advance(Duration.ofHours(1));
          run(raw, streams, CrashPlan.counting(), act);
          assertThat(state(raw)).as("death at step %s of %s", step, steps).isEqualTo(right);
        }
      }
    }
  }

  private static void synced(Raw raw, Stream[] streams) {
    before(raw);
    run(raw, streams, CrashPlan.counting(), engine -> engine.sync(KEY));
    assertThat(raw.stored(THING)).isEqualTo(12);
  }

  private static void run(Raw raw, Stream[] streams, CrashPlan plan, Consumer<Corpusync> act) {
    try (Corpusync engine =
        raw.engineOver(
            new CrashingStore(raw.store, plan),
            new CrashingApiFactory(raw.clients(), plan),
            streams)) {
      act.accept(engine);
    } catch (SimulatedCrash death) {
      assertThat(plan.died()).isTrue();
    }
  }

  @Test
  void listings_that_miss_what_has_moved_or_gone() {
    sweep(relisted(), Raw.page(List.of("b1", "b2")), engine -> engine.sync(KEY));
  }

  @Test
  void a_change_feed_that_tells_a_container_is_deleted() {
    sweep(
        fed(),
        "{\"data\":[{\"id\":\"b3\",\"deleted\":true}]," + token("2") + "}",
        engine -> engine.sync(KEY));
  }

  /** It was made after its page was read, and before the interrupted run is completed. */
  @Test
  void what_a_refresh_stores_while_a_pass_is_not_complete_is_not_missing_from_it() {
    Stream things =
        Raw.ThingsById.from(
            Source.listing(Listing.of(at -> Call.get("/things"), "data", pages())).relisted(),
            ByIds.each((at, id) -> Call.get("/things/{}", id)));
    for (int step = 1; step <= 5; step++) {
      for (CrashPlan plan : List.of(CrashPlan.before(step), CrashPlan.after(step))) {
        try (Raw raw = new Raw()) {
          raw.page("/things", Raw.ids("t", 3)).json("/things/new", "{\"id\":\"new\"}");
          Stream[] all = {things};
          run(raw, all, CrashPlan.counting(), engine -> engine.sync(KEY));
          raw.page("/things", Raw.ids("t", 2));
          run(raw, all, plan, engine -> engine.sync(KEY));
          raw.time.advance(Duration.ofHours(1));
          run(
              raw,
              all,
              CrashPlan.counting(),
              engine -> engine.refresh(KEY, List.of(THING.ref("new"))));
          raw.reply("/things", FakeReply.status(503));
          run(raw, all, CrashPlan.counting(), engine -> engine.sync(KEY));
          assertThat(raw.store.corpus().states(KEY, THING, List.of("new")))
              .as("death at step %s", step)
              .hasSize(1);
        }
      }
    }
  }

  @Test
  void an_approval_looks_again_and_continues_after_a_death() {
    Stream things =
        Raw.Things.from(
            Source.listing(Listing.of(at -> Call.get("/things"), "data", pages()))
                .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t)));
    for (int step = 1; step <= 8; step++) {
      for (CrashPlan plan : List.of(CrashPlan.before(step), CrashPlan.after(step))) {
        try (Raw raw = new Raw()) {
          Stream[] all = {things};
          raw.page("/things", Raw.ids("t", 100));
          run(raw, all, CrashPlan.counting(), engine -> engine.sync(KEY));
          raw.page("/things", Raw.ids("t", 40));
          run(raw, all, CrashPlan.counting(), engine -> engine.resync(KEY));
          raw.page("/things", Raw.ids("t", 70));
          run(raw, all, plan, DeletionCrashTest::approveAll);
          raw.time.advance(Duration.ofHours(1));
          run(raw, all, CrashPlan.counting(), engine -> engine.sync(KEY));
          run(raw, all, CrashPlan.counting(), DeletionCrashTest::approveAll);
          assertThat(raw.stored(THING)).as("death at step %s", step).isEqualTo(70);
          assertThat(raw.store.journal().held(KEY)).isEmpty();
        }
      }
    }
  }

  private static void approveAll(Corpusync engine) {
    engine
        .heldDeletions(KEY)
        .forEach(
            plan -> {
              Run run = engine.approve(KEY, plan.plan());
              assertThat(run.state()).isNotEqualTo(Run.State.FAILED);
            });
  }
}
