package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.store.Outbox;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** PAGE: listings that move while they are read, and positions that do not last. */
public abstract class DriftChecks extends Area {
  public DriftChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "PAGE-07",
      rule = "A record that two pages list is stored once, and causes one event",
      does =
          "Each page begins with the last record of the page before. Each document is stored, and "
              + "told, once.",
      why = "Overlapping pages are common, and subscribers pay for each event.",
      whenItFails = "Nothing of the page (its number, its cursor) may get into a record.",
      needs = Need.CURSORS)
  public final void what_comes_twice_is_stored_once() {
    try (Trial trial = trial()) {
      trial.quirks().repeatsLast();
      whole(trial, "with the last record of each page again on the next");
      // A name that is learned later tells of its documents again.
      if (subject().streams().stream().noneMatch(ReferenceStream.class::isInstance)) {
        assertThat(
                trial.store().outbox().events(Trial.KEY, 0, 10_000).stream().map(Outbox.Event::ref))
            .as("what subscribers are told of a first run")
            .isNotEmpty()
            .doesNotHaveDuplicates();
      }
    }
  }

  @Check(
      id = "PAGE-08",
      rule = "What is added while a listing is read hides nothing of it",
      does = "Something is added at the head of the listing after each exchange in turn.",
      why = "Numbered pages shift to the right and repeat; a repeated record is not the end.",
      whenItFails = "Do not stop at a record that was there before.")
  public final void what_is_added_meanwhile_hides_nothing() {
    afterEachExchange(
        trial -> {},
        World::add,
        trial -> {
          trial.pass(Duration.ofHours(1));
          whole(trial, "after something was added while everything was listed");
        });
  }

  @Check(
      id = "PAGE-09",
      rule =
          "What is skipped because something before it was deleted meanwhile is not deleted, and"
              + " is there after the next full run",
      does =
          "Something is deleted after each exchange in turn, in a first listing and in a second. "
              + "What is skipped because pages shifted to the left must not be deleted by one "
              + "listing, and must be there after the next full run.",
      why =
          "Page numbers and offsets cannot show that they have moved. What a first listing by "
              + "numbers skipped, and what does not change afterwards, only a full run finds.",
      whenItFails =
          "End listings by number, offset or `Link` with `INFERRED`, as the paging forms of the "
              + "SDK do; prefer a stable order, oldest first.")
  public final void what_is_skipped_is_not_deleted() {
    Consumer<World> deletion = world -> world.remove(world.readable().get(Bench.SIZE - 1));
    afterEachExchange(
        trial -> {},
        deletion,
        trial -> {
          succeeded(trial.resync(), "after something was deleted");
          succeeded(trial.resync(), "after something was deleted, again");
          trial.index().isWhole("after something was deleted while everything was listed");
        });
    afterEachExchange(
        trial -> whole(trial, "at first"),
        deletion,
        trial ->
            assertThat(trial.index().documents().keySet())
                .as("documents after something else was deleted while everything was listed again")
                .containsAll(Index.expected(subject(), trial.world()).keySet()));
  }

  /** A full run with the newest first, and a change after each of its exchanges in turn. */
  private void afterEachExchange(
      Consumer<Trial> first, Consumer<World> change, Consumer<Trial> then) {
    int exchanges = afterExchange(NO_EXCHANGE, first, change, trial -> {});
    assertThat(exchanges).as("requests of a full run").isPositive();
    for (int exchange : spread(exchanges)) {
      afterExchange(exchange, first, change, then);
    }
  }

  /** Returns how many requests the run made. */
  private int afterExchange(
      int exchange, Consumer<Trial> first, Consumer<World> change, Consumer<Trial> then) {
    try (Trial trial = trial()) {
      trial.quirks().order(key -> -key);
      first.accept(trial);
      int before = trial.server().count();
      trial
          .server()
          .after(
              n -> {
                if (n == before + exchange) {
                  change.accept(trial.world());
                }
              });
      succeeded(trial.resync(), "that something is changed in, after " + named(exchange));
      trial.server().after(n -> {});
      int made = trial.server().count() - before;
      then.accept(trial);
      return made;
    }
  }

  @Check(
      id = "PAGE-15",
      rule = "A cursor that is no longer known when a run resumes does not stop it for long",
      does =
          "A full run fails in the middle, and its cursor is no longer known when the next one "
              + "resumes: 400, 404, 410. One of three runs must succeed, and nothing be lost.",
      why =
          "Cursors live for minutes, failed runs for hours. The engine begins anew when the "
              + "position that it continues from is refused.",
      whenItFails = "Keep no cursor in the connector; the one in `FetchRequest` is the only one.",
      needs = Need.CURSORS)
  public final void an_expired_position_is_left() {
    for (int status : List.of(400, 404, 410)) {
      try (Trial trial = trial()) {
        whole(trial, "at first");
        trial.quirks().pageSize(1);
        Thing gone = trial.world().remove();
        int third = trial.server().count() + 3;
        trial
            .server()
            .before(
                n -> {
                  if (n == third) {
                    trial.server().faultAlways(Fault.status(503));
                  }
                });
        trial.resync();
        trial.server().before(n -> {});
        trial.server().heal();
        trial.quirks().expireCursors(status);
        boolean ended = false;
        for (int runs = 0; runs < 3 && !ended; runs++) {
          trial.pass(Duration.ofHours(1));
          ended = trial.sync().state() == Run.State.SUCCEEDED;
        }
        assertThat(ended)
            .as(
                "whether one of three runs continued from a cursor that is answered with %s",
                status)
            .isTrue();
        succeeded(trial.resync(), "after " + gone + " was deleted");
        succeeded(trial.resync(), "after " + gone + " was deleted, again");
        trial.index().isWhole("after a cursor was answered with " + status);
      }
    }
  }

  @Check(
      id = "PAGE-18",
      rule = "The order of records, in a page and across pages, makes no difference",
      does =
          "The records come in three other orders, across pages and in each page, after several "
              + "changes.",
      why = "Documented orders are broken by replicas and by the next release.",
      whenItFails = "Read to the end; do not stop at the first record that is old.",
      needs = Need.PAGES)
  public final void the_order_makes_no_difference() {
    try (Trial trial = trial()) {
      for (long multiplier : List.of(-1L, 7_368_787L, 15_485_863L)) {
        trial.quirks().order(key -> key * multiplier % 1_000_003).reversedPages();
        trial.pass(Duration.ofHours(1));
        List<Thing> things = trial.world().readable();
        List.of(things.get(9), things.get(1), things.get(5), things.get(3))
            .forEach(
                thing -> {
                  trial.world().edit(thing);
                  trial.pass(Duration.ofMinutes(10));
                });
        whole(trial, "in another order");
      }
    }
  }
}
