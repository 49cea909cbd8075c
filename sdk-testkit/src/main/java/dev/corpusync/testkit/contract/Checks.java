package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.world.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules themselves, each as one method that throws an AssertionError which says what was done
 * and what was seen.
 */
final class Checks {
  static final long SEED = 20260301;
  private static final int RECORDS = 12;
  private final Subject subject;
  private final StoreFixture fixture;

  Checks(Subject subject, StoreFixture fixture) {
    this.subject = subject;
    this.fixture = fixture;
  }

  /**
   * FIX-06: a full sync equals what is visible, nothing missing and nothing more; it is not empty;
   * no request was unknown.
   */
  void stores_exactly_what_is_visible() {
    try (Trial trial = trial(RECORDS)) {
      Run run = trial.sync();
      assertThat(run.state())
          .as("the first sync: %s", run.message())
          .isEqualTo(Run.State.SUCCEEDED);
      assertThat(trial.server().unmatched())
          .as("requests that the fake API does not know")
          .isEmpty();
      assertThat(trial.world().visible())
          .as("visible records of the world: too few prove nothing")
          .hasSizeGreaterThan(5);
      assertThat(documents(trial.store()))
          .as("documents after a first sync, seed %s", SEED)
          .isEqualTo(trial.world().visible());
      assertThat(run.counts().seen())
          .as("seen is what became of the records")
          .isEqualTo(
              run.counts().stored()
                  + run.counts().unchanged()
                  + run.counts().skipped()
                  + run.counts().failed());
    }
  }

  /** M1: a field that can be searched by is carried by some document, or nobody finds a thing. */
  void carries_every_declared_field() {
    try (Trial trial = trial(RECORDS)) {
      trial.sync();
      Map<Kind, Set<String>> carried = new TreeMap<>();
      for (StoredDocument document :
          trial.store().corpus().documentsAfter(Trial.KEY, Optional.empty(), 10 * RECORDS)) {
        carried
            .computeIfAbsent(document.ref().kind(), kind -> new TreeSet<>())
            .addAll(document.fields().keySet());
      }
      for (Stream stream : subject.connector().streams()) {
        if (stream instanceof DocumentStream documents) {
          assertThat(carried.getOrDefault(stream.kind(), Set.of()))
              .as("fields that documents of the kind '%s' carry", stream.kind())
              .containsAll(documents.fields().stream().map(Field::name).toList());
        }
      }
    }
  }

  /**
   * INC-03: what is added, edited, hidden or deleted is followed; deletions at the latest by a
   * resync.
   */
  void follows_every_change() {
    try (Trial trial = trial(RECORDS)) {
      trial.sync();
      trial.world().add();
      assertThat(trial.sync().counts().stored())
          .as("stored after one record was added")
          .isEqualTo(1);
      assertThat(documents(trial.store()))
          .as("documents after an addition")
          .isEqualTo(trial.world().visible());
      trial.world().edit();
      assertThat(trial.sync().counts().stored())
          .as("stored after one record was edited")
          .isEqualTo(1);
      trial.world().remove();
      trial.resync();
      trial.resync();
      assertThat(documents(trial.store()))
          .as("documents after a deletion and two full listings")
          .isEqualTo(trial.world().visible());
    }
  }

  /** CRASH-01, -02, -03: see {@link CrashSweep}. Returns the number of points. */
  int survives_a_crash_at_every_step(boolean prefetch) {
    return new CrashSweep(subject, fixture, SEED, RECORDS, prefetch).run();
  }

  /**
   * PRIV-01, -02, -03, -05: private, missing and unknown visibility is never stored nor emitted,
   * and what becomes so goes in the same sync.
   */
  void never_keeps_what_may_not_be_seen() {
    for (World.Veil veil : World.Veil.values()) {
      try (Trial trial = trial(RECORDS)) {
        trial.sync();
        if (!trial.world().veil(veil)) {
          continue;
        }
        Set<Ref> told = new TreeSet<>();
        trial.process(
            CrashPlan.counting(),
            engine -> {
              engine.changes(Trial.KEY.tenant(), "before").deliver(c -> told.add(refOf(c)));
              return engine.sync(Trial.KEY);
            });
        assertThat(documents(trial.store()))
            .as("documents after one record became %s", veil)
            .isEqualTo(trial.world().visible());
        String everything = trial.state() + deliveries(trial);
        for (String canary : trial.world().canaries()) {
          assertThat(everything.contains(canary))
              .as("a word of a record that is %s is found in the store or in the feed", veil)
              .isFalse();
        }
      }
    }
  }

  /**
   * DEL-02: whatever goes wrong with whichever exchange of a listing, nothing is deleted; and the
   * next run is whole again.
   */
  void never_deletes_after_a_failed_listing() {
    int exchanges;
    try (Trial trial = trial(RECORDS)) {
      trial.sync();
      int before = trial.server().count();
      trial.resync();
      exchanges = trial.server().count() - before;
    }
    List<Fault> faults =
        List.of(
            Fault.status(400),
            Fault.status(404),
            Fault.status(403),
            Fault.status(500),
            Fault.truncated(),
            Fault.answers(html()));
    for (int exchange = 1; exchange <= exchanges; exchange++) {
      for (Fault fault : faults) {
        try (Trial trial = trial(RECORDS)) {
          trial.sync();
          Set<Ref> before = documents(trial.store());
          int from = trial.server().count() + exchange;
          for (int again = 0; again < 4; again++) {
            trial.server().fault(from + again, fault);
          }
          Run run = trial.resync();
          String where =
              "exchange " + exchange + " of a full listing " + fault + ", run " + run.state();
          assertThat(documents(trial.store())).as("documents after %s", where).isEqualTo(before);
          trial.server().heal();
          trial.resync();
          assertThat(documents(trial.store()))
              .as("documents once the API is well again, after %s", where)
              .isEqualTo(before);
        }
      }
    }
  }

  /**
   * INC-01, -02: an idle run costs the same for few and for many records, and changes nothing but
   * its run and its cursor.
   */
  void an_idle_run_costs_a_constant(int few, int many) {
    assertThat(idle(few))
        .as("requests of an idle run over %s records and over %s", few, many)
        .isEqualTo(idle(many));
  }

  private int idle(int records) {
    try (Trial trial = trial(records)) {
      trial.sync();
      trial.sync();
      String before = withoutProgress(trial.state());
      int requests = trial.server().count();
      Run run = trial.sync();
      assertThat(run.counts().stored() + run.counts().events() + run.counts().deleted())
          .as("rows written by an idle run over %s records", records)
          .isZero();
      assertThat(withoutProgress(trial.state()))
          .as("the store after an idle run")
          .isEqualTo(before);
      return trial.server().count() - requests;
    }
  }

  private static String withoutProgress(String state) {
    return String.join("\n", state.lines().filter(line -> !line.startsWith("progress")).toList());
  }

  private static FakeReply html() {
    return FakeReply.bytes(
        200, "text/html", "<html>log in</html>".getBytes(StandardCharsets.UTF_8));
  }

  private static String deliveries(Trial trial) {
    List<String> all = new ArrayList<>();
    trial.process(
        CrashPlan.counting(),
        engine ->
            engine
                .changes(Trial.KEY.tenant(), "after")
                .deliver(
                    c ->
                        all.add(
                            c instanceof Change.Stored s
                                ? s.document().title()
                                    + s.document().chunks()
                                    + s.document().fields()
                                : c.toString())));
    return String.join("\n", all);
  }

  private static Ref refOf(Change change) {
    return change instanceof Change.Stored stored
        ? stored.document().ref()
        : ((Change.Deleted) change).ref();
  }

  private static Set<Ref> documents(Store store) {
    Set<Ref> refs = new TreeSet<>();
    Optional<Ref> after = Optional.empty();
    List<StoredDocument> page = store.corpus().documentsAfter(Trial.KEY, after, 500);
    while (!page.isEmpty()) {
      page.forEach(d -> refs.add(d.ref()));
      page =
          store
              .corpus()
              .documentsAfter(Trial.KEY, Optional.of(page.get(page.size() - 1).ref()), 500);
    }
    return refs;
  }

  private Trial trial(int records) {
    return new Trial(subject, fixture, SEED, records);
  }
}
