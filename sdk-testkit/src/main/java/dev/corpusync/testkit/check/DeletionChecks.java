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
  /** More than a listing may drop without an approval. */
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

  @Check(
      id = "DEL-01",
      rule = "What is deleted at the source is deleted here",
      does =
          "Deletes the first, a middle and the last thing, one after another; after a run and two "
              + "full ones (a listing whose end is only inferred needs a second that agrees) the "
              + "store must be without each.",
      why = "What nobody deletes is found, quoted and linked for ever.",
      whenItFails =
          "Let the listing prove its end; `partial()` is for listings that really leave things "
              + "out, and then `FetchedByIds` must confirm.")
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
      rule = "A listing that fails at any of its pages deletes nothing that is still there",
      does =
          "Every request of a full run fails from the k-th on, for each k, with 500, cut JSON, "
              + "`{}`, and an error with status 200. Nothing that is still there may go.",
      why = "A broken page taken for the last one deletes everything after it (W2, W46).",
      whenItFails =
          "Let exceptions pass; declare how errors look in a 200 with `errorsAt` or `okAt`.")
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

  @Check(
      id = "DEL-03",
      rule = "A listing that is suddenly empty deletes nothing by itself",
      does =
          "The listing of sixty things is suddenly empty, three times. The documents must stay, "
              + "and the deletion be held for a person; it is dropped once everything is listed "
              + "again. Of a container with a handful of things the guard lets go.",
      why = "A lost permission often looks like an empty list.",
      whenItFails =
          "Do not report as gone what is only missing from a listing; the engine compares, and "
              + "guards.")
  public final void an_empty_listing_deletes_nothing() {
    dropTo(0);
  }

  @Check(
      id = "DEL-04",
      rule = "A listing that suddenly lacks nearly everything deletes nothing by itself",
      does = "The same where two of sixty are still listed.",
      why = "A lost scope leaves a little.",
      whenItFails = "As DEL-03.",
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
      does = "Two things are fetched by id; one was deleted. It must go, and the other stay.",
      why = "Hints, retries and confirmations all come down to this.",
      whenItFails =
          "If the API leaves out of a batch exactly what is deleted, say so with "
              + "`missingAreGone()`.",
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

  @Check(
      id = "DEL-07",
      rule = "A denial at any request of a run deletes nothing",
      does =
          "Each request of a run with two changes is answered with 403 in its turn. Nothing may be "
              + "deleted, and the next run must make up for it.",
      why =
          "Denied is not gone: a thing may be there or not (P5). What became private is seen by "
              + "its visibility.",
      whenItFails = "Hand a denied id on as unknown, not as gone.")
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

  @Check(
      id = "DEL-15",
      rule = "An answer for one record that is no record deletes nothing",
      does =
          "Each request that names one record is answered with status 200 and an error, an empty "
              + "object, an empty list or null: in syncs, full runs and refreshes. The record "
              + "must stay, and every other one be read.",
      why =
          "Maintenance pages of APIs come with status 200. A connector that finds no record in "
              + "them takes it for deleted.",
      whenItFails =
          "Only 404, 410 and a statement of the source prove a deletion. In an extractor of your "
              + "own hand on an answer without the record as `failed`.",
      needs = Need.OWN_REQUESTS)
  public final void an_answer_that_is_no_record_deletes_nothing() {
    OneRecordRequests own = new OneRecordRequests(this);
    boolean parts = Need.PARTS.lackedBy(subject()).isEmpty();
    // Of a part, an empty list is an answer.
    for (String body :
        List.of("{\"error\":\"maintenance\"}", "{}", "null", parts ? "null" : "[]")) {
      own.failFor(Fault.changes("answers " + body, reply -> FakeReply.json(body)));
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

  @Check(
      id = "DEL-08",
      rule = "What was deleted and comes back under its id is there again",
      does = "A thing is deleted, and comes back under its id, twice.",
      why = "Things are restored from bins, and a remembered deletion would hide them.",
      whenItFails = "Keep no list of deleted ids.")
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
      rule = "What is in a container that is deleted is deleted with it",
      does =
          "A container with most of the things is deleted at the source. After full runs it and "
              + "all that was in it must be gone.",
      why = "Nobody lists the children of what is no more, so nothing else would ever find them.",
      whenItFails =
          "List the containers in full, and let a nested stream name its container with `Nested`.",
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
      rule = "A connection that is disconnected takes its own documents along, and no others",
      does =
          "A second connection to the same things syncs and is disconnected. Its documents must be "
              + "gone, and the first connection's store be as it was.",
      why = "Two connections share ids, not documents.",
      whenItFails = "The store erases by more or by less than tenant and connection.")
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
      rule = "A deletion that the source reports is carried out by the next run",
      does =
          "Two things are deleted, and a third behind a link that expires, where the source tells "
              + "of deletions. The next run must carry them out.",
      why =
          "Tombstones are easily taken for broken records and left out, and an expired link hides "
              + "those before it.",
      whenItFails =
          "Say with `deleted` which records are tombstones, and with `expired` which status means "
              + "that the link is gone.",
      needs = Need.REPORTED_DELETIONS)
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
