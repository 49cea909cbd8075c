package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DEL: what is gone at the source goes, and nothing else. */
public abstract class DeletionChecks extends Area {
  /** More than a listing may drop without anybody being asked. */
  private static final int MANY = 60;

  private static final List<Fault> BROKEN =
      List.of(
          Fault.status(500),
          Fault.malformedJson(),
          Fault.answers(FakeReply.json("{}")),
          Fault.answers(FakeReply.json("{\"error\":\"try again later\"}")));

  public DeletionChecks(Bench bench) {
    super(bench);
  }

  /** What is missing from listings that only infer their end goes with the second of them. */
  private static void readTwice(Trial trial, String when) {
    succeeded(trial.resync(), when + ", read in full");
    succeeded(trial.resync(), when + ", read in full again");
  }

  @Check(id = "DEL-01", rule = "What is deleted at the source is deleted here")
  public final void what_is_deleted_there_is_deleted_here() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      List<Thing> things = trial.world().readable();
      for (Thing thing : List.of(things.get(0), things.get(5), things.get(things.size() - 1))) {
        trial.world().remove(thing);
        succeeded(trial.sync(), "after a deletion");
        readTwice(trial, "after a deletion");
        trial.index().isWhole("after " + thing + " was deleted");
      }
    }
  }

  @Check(
      id = "DEL-02",
      rule = "A listing that fails at any of its pages deletes nothing that is still there")
  public final void a_listing_that_fails_deletes_nothing() {
    int exchanges = failingAt(NO_EXCHANGE, BROKEN.get(0));
    assertThat(exchanges).as("requests of a full run").isGreaterThanOrEqualTo(fewestRequests());
    for (Fault fault : BROKEN) {
      for (int k : spread(exchanges)) {
        failingAt(k, fault);
      }
    }
  }

  /** Returns how many requests the run made. */
  private int failingAt(int exchange, Fault fault) {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      Thing gone = trial.world().remove();
      Set<Ref> there = Index.expected(subject(), trial.world()).keySet();
      int before = trial.server().count();
      trial
          .server()
          .before(
              n -> {
                if (n == before + exchange) {
                  trial.server().faultAlways(fault);
                }
              });
      trial.resync();
      int made = trial.server().count() - before;
      trial.server().before(n -> {});
      trial.server().heal();
      assertThat(trial.index().documents().keySet())
          .as("documents after a full listing that %s from %s on", fault, named(exchange))
          .containsAll(there);
      trial.resync();
      readTwice(trial, "after a listing that failed");
      trial.index().isWhole("after " + gone + " was deleted and a listing failed");
      return made;
    }
  }

  @Check(id = "DEL-03", rule = "A listing that is suddenly empty deletes nothing by itself")
  public final void an_empty_listing_deletes_nothing() {
    dropTo(0);
  }

  @Check(
      id = "DEL-04",
      rule = "A listing that suddenly lacks nearly everything deletes nothing by itself",
      level = Check.Level.SHOULD)
  public final void a_sharp_drop_deletes_nothing() {
    dropTo(2);
  }

  private void dropTo(int few) {
    try (Trial trial = trial(MANY)) {
      whole(trial, "at first");
      int there = trial.index().documents().size();
      assertThat(there).as("documents").isGreaterThanOrEqualTo(MANY);
      trial.quirks().listsOnly(few);
      for (int again = 0; again < 3; again++) {
        trial.resync();
        // Of a container with a handful of things the guard lets go.
        assertThat(trial.index().documents().size())
            .as("documents after %s listings of %s things out of %s", again + 1, few, there)
            .isGreaterThan(there * 2 / 3);
      }
      trial.quirks().listsOnly(Integer.MAX_VALUE);
      readTwice(trial, "with everything listed again");
      trial.index().isWhole("with everything listed again");
      assertThat(trial.store().journal().held(Trial.KEY))
          .as("deletions that still wait for a decision")
          .isEmpty();
    }
  }

  @Check(
      id = "DEL-06",
      rule = "What is fetched by its id and is not there any more is deleted, alone",
      needs = Need.BY_IDS)
  public final void what_is_not_found_by_id_is_deleted() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      Thing gone = trial.world().remove(fetchable(trial));
      Run run = refresh(trial, List.of(ref(gone), ref(fetchable(trial))));
      succeeded(run, "that fetches two things by id");
      trial.index().isWhole("after " + gone + " was fetched by its id and was not there");
    }
  }

  @Check(id = "DEL-07", rule = "A denial at any request of a run deletes nothing")
  public final void a_denial_deletes_nothing() {
    int exchanges = deniedAt(NO_EXCHANGE);
    assertThat(exchanges).as("requests of a run with two changes").isPositive();
    for (int k : spread(exchanges)) {
      deniedAt(k);
    }
  }

  /** Returns how many requests the run made. */
  private int deniedAt(int exchange) {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      trial.world().edit(trial.world().readable().get(2));
      trial.world().edit(trial.world().readable().get(7));
      Set<Ref> there = Index.expected(subject(), trial.world()).keySet();
      int before = trial.server().count();
      trial.server().fault(before + exchange, Fault.status(403));
      trial.sync();
      int made = trial.server().count() - before;
      trial.server().heal();
      assertThat(trial.index().documents().keySet())
          .as("documents after a run of which %s was answered with 403", named(exchange))
          .containsAll(there);
      trial.pass(Duration.ofHours(1));
      whole(trial, "after a run of which " + named(exchange) + " was answered with 403");
      return made;
    }
  }

  private Thing fetchable(Trial trial) {
    return subject().documentStreams().stream()
        .filter(Need::isFetchedByIds)
        .flatMap(s -> trial.world().visible(s.kind().name()).stream())
        .skip(3)
        .findFirst()
        .orElseThrow();
  }

  private Ref ref(Thing thing) {
    return subject().documentStreams().stream()
        .filter(s -> s.kind().name().equals(thing.kind()))
        .map(s -> subject().ref(s, thing))
        .findFirst()
        .orElseThrow();
  }

  private static Run refresh(Trial trial, List<Ref> refs) {
    return trial.process(engine -> engine.refresh(Trial.KEY, refs));
  }

  @Check(id = "DEL-08", rule = "What was deleted and comes back under its id is there again")
  public final void what_comes_back_is_there_again() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      for (int again = 0; again < 2; again++) {
        Thing thing = trial.world().remove(trial.world().readable().get(4));
        trial.sync();
        readTwice(trial, "after a deletion");
        trial.index().isWhole("after " + thing + " was deleted");
        trial.world().restore(thing);
        whole(trial, "after " + thing + " came back");
      }
    }
  }

  @Check(
      id = "DEL-11",
      rule = "What is in a container that is deleted goes with it",
      needs = Need.LISTED_CONTAINERS)
  public final void a_container_takes_its_contents_along() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      Thing full = trial.world().readable().get(0).parent();
      trial.world().remove(full);
      trial.resync();
      trial.resync();
      readTwice(trial, "after " + full + " was deleted");
      trial.index().isWhole("after " + full + " was deleted");
      assertThat(trial.store().corpus().artifacts(Trial.KEY, List.of(container(full))))
          .as("what is stored of %s itself", full)
          .isEmpty();
    }
  }

  private static Ref container(Thing thing) {
    return Kind.of(thing.kind()).ref(thing.id());
  }

  @Check(
      id = "DEL-13",
      rule = "A connection that is disconnected takes its own documents along, and no others")
  public final void a_connection_takes_only_its_own_along() {
    ConnectionKey other = new ConnectionKey(Trial.KEY.tenant(), "another");
    try (Trial trial = trial()) {
      whole(trial, "at first");
      String state = trial.state();
      int documents =
          trial.process(
              (engine, store) -> {
                trial.connect(engine, other);
                succeeded(engine.sync(other), "of another connection to the same things");
                return store.corpus().documentsAfter(other, Optional.empty(), 500).size();
              });
      assertThat(documents).as("documents of the other connection").isPositive();
      trial.process(
          (engine, store) -> {
            trial.connect(engine, other);
            engine.disconnect(other);
            return 0;
          });
      assertThat(trial.store().corpus().documentsAfter(other, Optional.empty(), 500))
          .as("documents of a connection that was disconnected")
          .isEmpty();
      assertThat(trial.state()).as("the store of the connection that stays").isEqualTo(state);
    }
  }

  @Check(
      id = "DEL-14",
      rule = "A deletion that the source tells of is carried out by the next run",
      needs = Need.TOLD_DELETIONS)
  public final void a_deletion_that_is_told_is_carried_out() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      List<Thing> things = trial.world().readable();
      trial.world().remove(things.get(1));
      trial.world().remove(things.get(8));
      whole(trial, "after two deletions that the source tells of");
      trial.world().remove(things.get(4));
      trial.quirks().expireLinks();
      whole(trial, "after a deletion that was told behind a link that expired");
    }
  }
}
