package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Ref;
import dev.corpusync.store.Outbox;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.probe.RecordTimes;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** INC: what changed since is read, nothing else, and nothing is lost in between. */
public abstract class ChangeChecks extends Area {
  public ChangeChecks(Bench bench) {
    super(bench);
  }

  private Trial inStep() {
    return trial().hostAhead(Duration.ZERO);
  }

  @Check(
      id = "INC-01",
      rule = "A run in which nothing has changed reads little and writes nothing",
      does =
          "Syncs, lets a month pass but for one change, and syncs again with nothing changed. The "
              + "second run must see less than half of the documents that the first one saw, make "
              + "fewer requests, and write nothing.",
      why =
          "A connector that reads everything each time costs the API's budget and hides every "
              + "mistake of its filter.",
      whenItFails =
          "Ask with the time that `changedSince` hands over, minus a few seconds or minutes, not "
              + "with a fixed or far one.",
      needs = Need.CHANGES)
  public final void a_run_without_changes_is_cheap() {
    try (Trial trial = inStep()) {
      // Longer than any overlap, but for one thing.
      trial.pass(Duration.ofDays(30));
      trial.world().edit();
      Counts first = whole(trial, "at first").counts();
      Counts second = whole(trial, "with nothing changed").counts();
      assertThat(second.seen())
          .as("records seen when nothing has changed; at first %s", first)
          .isLessThan(first.seen() - trial.world().readable().size() / 2);
      assertThat(second.requests())
          .as("requests when nothing has changed; at first %s", first)
          .isLessThan(first.requests() + (fewestRequests() > 1 ? 0 : 1));
      assertThat(second.stored() + second.deleted() + second.events())
          .as("writes when nothing has changed: %s", second)
          .isZero();
    }
  }

  @Check(
      id = "INC-02",
      rule = "A run in which nothing has changed leaves the store as it was",
      does =
          "Runs three times on a world in which nothing changes and compares the whole store, but "
              + "for the progress, with what the first run left.",
      why =
          "Records that look changed at every reading churn versions, events and embeddings for "
              + "ever.",
      whenItFails =
          "Keep what is not the record's own (the time of reading, a counter, a signed address) "
              + "out of the payload and out of the document.")
  public final void a_run_without_changes_changes_nothing() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      String state = trial.state();
      for (int again = 0; again < 3; again++) {
        trial.pass(Duration.ofMinutes(again));
        whole(trial, "with nothing changed");
      }
      assertThat(withoutProgress(trial.state()))
          .as("the store after three runs in which nothing had changed")
          .isEqualTo(withoutProgress(state));
    }
  }

  private static List<String> withoutProgress(String state) {
    return state.lines().filter(line -> !line.startsWith("progress ")).toList();
  }

  @Check(
      id = "INC-03",
      rule = "The next run finds a new item, a changed one, and many at once",
      does =
          "One new thing, one new text, one new title, all things changed at once: each must be "
              + "stored after one run.",
      why = "Filters often see new things only, and a first page is often taken for all changes.",
      whenItFails = "Page changes in the same way as everything.")
  public final void the_next_run_finds_each_kind_of_change() {
    Map<String, Consumer<World>> kinds =
        Map.of(
            "one is new", w -> w.add(),
            "one has another text", w -> w.edit(),
            "one has another title", w -> w.rename(w.any(), "Now about something else"),
            "all are changed", w -> w.readable().forEach(w::edit));
    kinds.forEach(
        (what, change) -> {
          try (Trial trial = inStep()) {
            whole(trial, "at first");
            trial.pass(Duration.ofDays(1));
            change.accept(trial.world());
            whole(trial, "when " + what);
          }
        });
  }

  @Check(
      id = "INC-07",
      rule = "Only what has changed causes events, though more is read again",
      does =
          "One thing is changed within the overlap of others; subscribers must be told of that one "
              + "only.",
      why = "An overlap is free only if what was read again is recognised.",
      whenItFails =
          "A record's payload or document must not depend on its neighbours, its place in the "
              + "page, or how it was asked for.",
      needs = Need.CHANGES)
  public final void only_what_has_changed_is_told() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      List<Thing> things = trial.world().readable();
      for (Thing thing : List.of(things.get(5), things.get(6), things.get(1))) {
        long before = lastEvent(trial);
        trial.pass(Duration.ofSeconds(1));
        trial.world().edit(thing);
        whole(trial, "after " + thing + " was changed");
        assertThat(eventsAfter(trial, before))
            .as("what subscribers are told when only %s has changed", thing)
            .isEqualTo(refs(thing));
      }
    }
  }

  private Set<Ref> refs(Thing thing) {
    return subject().documentStreams().stream()
        .filter(stream -> stream.kind().name().equals(thing.kind()))
        .map(stream -> subject().ref(stream, thing))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long lastEvent(Trial trial) {
    return trial.store().outbox().events(Trial.KEY, 0, 10_000).stream()
        .mapToLong(Outbox.Event::number)
        .max()
        .orElse(0);
  }

  private static Set<Ref> eventsAfter(Trial trial, long number) {
    return trial.store().outbox().events(Trial.KEY, number, 10_000).stream()
        .map(Outbox.Event::ref)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Check(
      id = "INC-11",
      rule = "What a failed run did not read, the next one reads, wherever it failed",
      does =
          "Every request of a run with three changes fails from the k-th on, for each k. The run "
              + "must not succeed, and the next one must read what was missed.",
      why = "A time of last sync that moves on though the sync failed leaves a gap for ever (W1).",
      whenItFails =
          "Keep no state in the connector; the engine promotes the watermark with the last page.",
      needs = Need.CHANGES)
  public final void a_failed_run_leaves_no_gap() {
    int exchanges = failingAt(NO_EXCHANGE);
    assertThat(exchanges).as("requests of a run with three changes").isPositive();
    for (int k : spread(exchanges)) {
      failingAt(k);
    }
  }

  /** Returns how many requests the run made. */
  private int failingAt(int exchange) {
    try (Trial trial = inStep()) {
      trial.quirks().pageSize(1);
      whole(trial, "at first");
      trial.pass(Duration.ofHours(1));
      List<Thing> things = trial.world().readable();
      List.of(things.get(0), things.get(5), things.get(9)).forEach(trial.world()::edit);
      trial.pass(Duration.ofDays(1));
      int before = trial.server().count();
      trial
          .server()
          .before(
              n -> {
                if (n == before + exchange) {
                  trial.server().faultAlways(Fault.status(503));
                }
              });
      Run run = trial.sync();
      int made = trial.server().count() - before;
      trial.server().before(n -> {});
      trial.server().heal();
      assertThat(run.state() == Run.State.SUCCEEDED && exchange <= made)
          .as("whether a run succeeded whose requests fail from %s on", named(exchange))
          .isFalse();
      trial.pass(Duration.ofHours(1));
      if (!trial.store().journal().failures(Trial.KEY, 1).isEmpty()) {
        // P10: a record that cannot be fetched by id is read again once the pass has been resumed.
        trial.sync();
        trial.pass(Duration.ofHours(1));
      }
      whole(trial, "after a run whose requests failed from " + named(exchange) + " on");
      return made;
    }
  }

  @Check(
      id = "INC-14",
      rule = "A record without a usable time of change is stored or kept as failed, alone",
      does =
          "A record's times are missing or garbage. The run must continue, everything else be "
              + "stored, and the record be stored or kept as failed; mended, it must be there.",
      why = "Records without a time are common, and leaving them out is silent loss.",
      whenItFails =
          "Do not filter records in the extractor; let `revision` fail, or use "
              + "`Revision.content()`.",
      needs = Need.TIMED_RECORDS)
  public final void a_record_without_a_time_is_not_lost() {
    for (String time : List.of("", "garbage", "0000-00-00T00:00:00Z")) {
      try (Trial trial = inStep()) {
        whole(trial, "at first");
        trial.pass(Duration.ofHours(1));
        Thing broken = trial.world().edit(trial.world().readable().get(2));
        trial.world().edit(trial.world().readable().get(4));
        Ref ref = refs(broken).iterator().next();
        trial.quirks().record(record -> mistimed(record, broken, time));
        Run run = trial.sync();
        assertThat(run.state())
            .as("the state of a run with a record whose time is '%s': %s", time, run.message())
            .isIn(Run.State.SUCCEEDED, Run.State.NEEDS_REVIEW);
        trial.index().isWholeBut(ref, "with a record whose time is '" + time + "'");
        assertThat(
                trial.index().hasPresent(ref)
                    || trial.store().journal().failures(Trial.KEY, 100).stream()
                        .anyMatch(f -> f.id().equals(ref.id())))
            .as("whether %s, whose time is '%s', is stored or kept as failed", ref, time)
            .isTrue();
        trial.quirks().record(record -> record);
        whole(trial, "after the record without a time was mended");
      }
    }
  }

  private static ObjectNode mistimed(ObjectNode record, Thing thing, String time) {
    return record.toString().contains(thing.id())
        ? RecordTimes.rewrite(record, t -> time.isEmpty() ? Optional.empty() : Optional.of(time))
        : record;
  }

  @Check(
      id = "INC-17",
      rule = "After months without a sync nothing that changed meanwhile is missing",
      does = "A hundred days pass without a sync, with changes all along; old delta links expire.",
      why = "Logs, links and look-backs end after some weeks; what is older is a silent gap (W6).",
      whenItFails =
          "Let the window grow from the watermark, declare how long a log is kept and which status "
              + "means an expired link.")
  public final void a_long_pause_leaves_no_gap() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      List<Thing> things = trial.world().readable();
      for (int i = 0; i < 4; i++) {
        trial.pass(Duration.ofDays(25));
        trial.world().edit(things.get(2 * i));
        trial.world().add();
      }
      trial.quirks().expireLinks();
      whole(trial, "after a hundred days without a sync");
    }
  }

  @Check(
      id = "INC-20",
      rule = "However a history is split into runs, the same documents are stored in the end",
      does =
          "A history of changes read in many runs and in few, beside one run on the same world: "
              + "the same documents.",
      why = "Changes often come in another shape than the listing (W31, W32).",
      whenItFails = "Ask for the same fields on both ways; fetch by id what comes short.")
  public final void many_runs_come_to_the_same_as_one() {
    for (int every : List.of(1, 3)) {
      try (Trial often = inStep()) {
        World world = often.world();
        whole(often, "at first");
        for (int step = 0; step < 9; step++) {
          often.pass(Duration.ofMinutes(20));
          change(world, step);
          if (step % every == 0) {
            succeeded(often.sync(), "after step " + step);
          }
        }
        succeeded(often.sync(), "after the last step");
        try (Trial once = bench().trial(world).hostAhead(Duration.ZERO)) {
          whole(once, "in one run");
          Map<Ref, String> wanted = once.index().text();
          Map<Ref, String> kept = often.index().text();
          kept.keySet().retainAll(wanted.keySet());
          assertThat(kept)
              .as("documents after a run for every %s changes, beside those of one run", every)
              .isEqualTo(wanted);
        }
        often.resync();
        often.resync();
        often.index().isWhole("after a run for every " + every + " changes, and a full one");
      }
    }
  }

  private static void change(World world, int step) {
    switch (step % 4) {
      case 0 -> world.edit();
      case 1 -> world.add();
      case 2 -> world.rename(world.any(), "Renamed in step " + step);
      default -> world.remove();
    }
  }

  @Check(
      id = "INC-21",
      rule = "An older version that comes after a newer one does not overwrite it",
      does =
          "A replica that lags behind serves an older version of one thing after the newer one was "
              + "stored. The newer one must stay.",
      why = "The last thing read is not the newest.",
      whenItFails = "Answer `revision` with the record's time of change or version.",
      needs = Need.TIMED_RECORDS)
  public final void an_older_version_does_not_win() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      Thing thing = trial.world().readable().get(3);
      trial.pass(Duration.ofMinutes(1));
      trial.world().edit(thing);
      ObjectNode old = subject().wire().surface().shown(thing).orElseThrow();
      trial.pass(Duration.ofMinutes(1));
      trial.world().edit(thing);
      whole(trial, "after two changes");
      int[] served = {0};
      trial
          .quirks()
          .record(
              record -> {
                boolean lagging = record.toString().contains(thing.mark());
                served[0] += lagging ? 1 : 0;
                return lagging ? old.deepCopy() : record;
              });
      succeeded(trial.resync(), "with a replica that lags behind");
      assertThat(served[0]).as("how often the old version was served").isPositive();
      trial.index().isWhole("after a replica that lags behind served an old version");
    }
  }

  @Check(
      id = "INC-25",
      rule = "Reading everything again changes nothing, and hides nothing meanwhile",
      does =
          "Everything is read again. The store must be as before, with no event, and each document "
              + "readable at every exchange.",
      why = "A resync that empties before it fills shows readers nothing meanwhile (W42).",
      whenItFails = "Never report things as gone in order to write them again.")
  public final void reading_everything_again_changes_nothing() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      whole(trial, "with nothing changed");
      String state = trial.state();
      Set<Ref> documents = trial.index().documents().keySet();
      List<Ref> missed = new ArrayList<>();
      trial
          .server()
          .before(
              n ->
                  documents.stream()
                      .filter(ref -> !trial.index().documents().containsKey(ref))
                      .forEach(missed::add));
      int before = trial.server().count();
      succeeded(trial.resync(), "that reads everything again");
      assertThat(trial.server().count() - before).as("requests of a full run").isPositive();
      assertThat(missed).as("documents that could not be read during a full run").isEmpty();
      assertThat(trial.state()).as("the store after a full run").isEqualTo(state);
    }
  }
}
