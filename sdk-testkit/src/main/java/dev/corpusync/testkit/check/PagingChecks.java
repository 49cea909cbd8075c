package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Ref;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.probe.AccessComparison;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** PAGE: whatever the pages are like, everything is read once and nothing is taken for the end. */
public abstract class PagingChecks extends Area {
  private static final int TOO_MANY = 400;
  private static final int MANY = 120;

  public PagingChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "PAGE-01",
      rule = "The size of pages makes no difference",
      does = "The same world in pages of 1, 2, n-1, n, n+1 and all: the same documents.",
      why = "Sizes are often assumed, and the last page that is exactly full is where they show.",
      whenItFails = "Continue from what was received, never from what was asked for.",
      needs = Need.PAGES)
  public final void the_size_of_pages_makes_no_difference() {
    for (int size : List.of(1, 2, Bench.SIZE - 1, Bench.SIZE, Bench.SIZE + 1, 1_000)) {
      try (Trial trial = trial()) {
        trial.quirks().pageSize(size);
        whole(trial, "with pages of " + size);
      }
    }
  }

  @Check(
      id = "PAGE-02",
      rule = "An empty page in the middle is not the end",
      does = "The second page holds nothing, and more follows.",
      why = "Filters on the other side leave pages empty (W11).",
      whenItFails = "Let the API's own word (a cursor, a flag) be the end, not emptiness.",
      needs = Need.EMPTY_PAGES)
  public final void an_empty_page_is_not_the_end() {
    try (Trial trial = trial()) {
      trial.quirks().emptyPage(1);
      whole(trial, "when the second page holds nothing and more follows");
    }
  }

  @Check(
      id = "PAGE-03",
      rule = "A source with nothing in it is no error",
      does = "A source with nothing in it, twice, and then with one thing.",
      why = "Every connection begins somewhere, and \"the first record\" is not always there.",
      whenItFails = "An empty first page is a page like any other.")
  public final void nothing_is_no_error() {
    try (Trial trial = bench().trial(World.empty(Bench.SEED, subject().wire().types()))) {
      whole(trial, "of an empty source");
      whole(trial, "of an empty source, again");
      assertThat(trial.index().documents()).as("documents of an empty source").isEmpty();
      trial.world().add();
      whole(trial, "after the first thing was made");
      assertThat(trial.index().documents()).as("documents of the first thing").hasSize(1);
    }
  }

  @Check(
      id = "PAGE-05",
      rule = "A cursor that leads back to where the listing was ends the run, and deletes nothing",
      does =
          "The third page leads back to itself, to the second, to the first. The run must end, "
              + "failed, within a bounded number of requests, and delete nothing.",
      why = "Such APIs exist, and a loop costs a worker and a budget.",
      whenItFails =
          "The cursor must be what the API gave and nothing else; a counter in it makes every "
              + "cursor look new.",
      needs = Need.CURSORS)
  public final void a_cycle_ends_the_run() {
    for (int back : List.of(2, 1, 0)) {
      try (Trial trial = trial()) {
        trial.quirks().pageSize(2);
        whole(trial, "before anything went wrong");
        trial.quirks().pageSize(1).leadsTo(2, back);
        isStopped(trial, "whose third page leads back to page " + (back + 1));
      }
    }
  }

  @Check(
      id = "PAGE-20",
      rule = "An API that ignores which page is asked for ends the run, and deletes nothing",
      does =
          "Whatever page is asked for, the first one comes. The run must end, failed, within a "
              + "bounded number of requests, and delete nothing.",
      why = "A misspelt parameter looks like this.",
      whenItFails =
          "Hand records on as they came, so that the engine can see that they are the same.",
      needs = Need.POSITIONS)
  public final void a_position_that_is_ignored_ends_the_run() {
    try (Trial trial = trial()) {
      whole(trial, "before anything went wrong");
      trial.quirks().ignoresPositions(true);
      isStopped(trial, "that gets the first page every time");
    }
  }

  private static void isStopped(Trial trial, String which) {
    int before = trial.server().count();
    trial
        .server()
        .before(
            n -> {
              if (n > before + TOO_MANY) {
                trial.server().faultAlways(Fault.status(404));
              }
            });
    Run run = trial.resync();
    assertThat(trial.server().count() - before)
        .as("requests of a full listing %s", which)
        .isLessThan(TOO_MANY);
    assertThat(run.state())
        .as("a full listing %s: %s", which, run.message())
        .isEqualTo(Run.State.FAILED);
    trial.index().isWhole("after a full listing " + which);
  }

  @Check(
      id = "PAGE-06",
      rule = "A page that the API refuses is not the end, and nothing is deleted",
      does =
          "The third page is answered with 400, 404, 410 and 422, twice. The run must not succeed, "
              + "and nothing be deleted.",
      why =
          "Many APIs stop at a thousand results or a hundredth page, and truncation without a word "
              + "is loss (W12, W13).",
      whenItFails =
          "Use `send` for pages, not `find`; declare a cap so that the engine splits the window.",
      needs = Need.POSITIONS)
  public final void a_refused_page_is_not_the_end() {
    for (int status : List.of(400, 404, 410, 422)) {
      try (Trial trial = trial()) {
        whole(trial, "before anything was refused");
        Set<Ref> there = trial.index().documents().keySet();
        trial.quirks().pageSize(1).refuse(2, status);
        trial.world().pass(Duration.ofDays(1));
        Run run = trial.resync();
        assertThat(run.state())
            .as("the state of a run whose third page is refused with %s", status)
            .isNotEqualTo(Run.State.SUCCEEDED);
        trial.resync();
        assertThat(trial.index().documents().keySet())
            .as("documents after two listings whose third page is refused with %s", status)
            .isEqualTo(there);
        trial.quirks().heal();
        whole(trial, "with no page refused any more");
      }
    }
  }

  @Check(
      id = "PAGE-11",
      rule = "Cursors go back as they came, whatever they look like",
      does =
          "Cursors with `+/=&%`, of two thousand characters, that are small numbers from 0 on, "
              + "above 2^53, with letters of all kinds, that say false.",
      why = "A cursor is the API's, and any text.",
      whenItFails = "Pass it to `query` as it came; do not encode, parse or test it.",
      needs = Need.CURSORS)
  public final void cursors_go_back_as_they_came() {
    AtomicInteger small = new AtomicInteger();
    AtomicInteger number = new AtomicInteger();
    Map<String, UnaryOperator<String>> forms =
        Map.of(
            "with signs that mean something in an address", c -> c + "+/=&%41?#;",
            "of two thousand characters", c -> c + "x".repeat(2_000),
            "that are small numbers from 0 on", c -> Integer.toString(small.getAndIncrement()),
            "that are numbers above 2^53", c -> "90071992547409" + (93 + number.incrementAndGet()),
            "with letters of all kinds", c -> c + "-ünïcode ✓ \"quoted\" {x}",
            "that say false", c -> "false" + " ".repeat(number.incrementAndGet()) + ".");
    forms.forEach(
        (what, form) -> {
          try (Trial trial = trial()) {
            trial.quirks().cursorForm(form);
            whole(trial, "with cursors " + what);
          }
        });
  }

  @Check(
      id = "PAGE-12",
      rule = "The address of the next page is found and followed however it is written",
      does =
          "Next addresses without a host, with the relations in another order, in capitals without "
              + "quotes, with other parameters, with two relations in one.",
      why = "RFC 8288 allows them all, and servers change.",
      whenItFails = "Use `Paging.link()` or `Paging.nextUrl`, and `Call.follow`.",
      needs = Need.LINKS)
  public final void links_are_followed_however_they_are_written() {
    Map<String, UnaryOperator<String>> forms =
        Map.of(
            "without a host", l -> l.replaceAll("https?://[^/]+", ""),
            "with the next one last", PagingChecks::reversed,
            "in capitals, without quotes",
                l -> l.replace("rel=\"next\"", "REL=next").replace("rel=\"first\"", "Rel=FIRST"),
            "with other parameters", l -> l.replace("; rel=", "; title=\"a, b; c\"; rel="),
            "with other relations", l -> l.replace("rel=\"next\"", "rel=\"last next\""));
    forms.forEach(
        (what, form) -> {
          try (Trial trial = trial()) {
            trial.quirks().linkForm(form);
            whole(trial, "with links " + what);
          }
        });
  }

  private static String reversed(String header) {
    List<String> links = new ArrayList<>(List.of(header.split(", (?=<)")));
    Collections.reverse(links);
    return String.join(", ", links);
  }

  @Check(
      id = "PAGE-13",
      rule = "A total that is wrong ends no listing early, and deletes nothing",
      does =
          "The total is 0, 1, one too small, ten too large; then a text, then a list. The first "
              + "four end no listing early; the last two may fail the run, and delete nothing.",
      why = "Totals are estimates, and count what one may not see.",
      whenItFails = "Continue until a page is empty.",
      needs = Need.TOTALS)
  public final void a_wrong_total_is_not_the_end() {
    List<UnaryOperator<Object>> lies =
        List.of(all -> 0, all -> 1, all -> (Integer) all - 1, all -> (Integer) all + 10);
    for (UnaryOperator<Object> lie : lies) {
      try (Trial trial = trial()) {
        trial.quirks().total(lie);
        whole(trial, "with a total that is wrong");
        trial.world().edit();
        whole(trial, "with a total that is wrong, and a change");
        succeeded(trial.resync(), "with a total that is wrong, in full");
        trial.index().isWhole("with a total that is wrong, in full");
      }
    }
    for (Object nonsense : List.of("many", List.of())) {
      try (Trial trial = trial()) {
        whole(trial, "at first");
        trial.quirks().total(all -> nonsense);
        trial.resync();
        trial.index().isWhole("after a total that is no number");
      }
    }
  }

  @Check(
      id = "PAGE-14",
      rule = "A page with fewer records than asked for is not the last",
      does = "Every page ends early, though more follows.",
      why = "\"fewer than asked\" is how servers spare themselves, not the end.",
      whenItFails = "As PAGE-02.",
      needs = Need.PAGES)
  public final void a_short_page_is_not_the_last() {
    try (Trial trial = trial()) {
      trial.quirks().shortPages();
      whole(trial, "when every page ends early");
    }
  }

  @Check(
      id = "PAGE-17",
      rule = "Every page of what belongs to one item is read",
      does = "One thing gets so many comments that they fill many small pages, and then more.",
      why = "The first page of comments is often taken for all.",
      whenItFails = "Give the part's listing its paging.",
      needs = Need.PARTS)
  public final void every_page_of_a_part_is_read() {
    try (Trial trial = trial()) {
      if (trial.world().types().stream().noneMatch(t -> t.has(Trait.DISCUSSED))
          && subject().wire().surface().listsReaders()) {
        readersOnSeveralPages(trial);
        return;
      }
      Thing discussed =
          trial.world().readable().stream()
              .filter(t -> t.comments().size() > 1)
              .findFirst()
              .orElseThrow(() -> new AssertionError("nothing in this world has comments"));
      for (int more = 0; more < 7; more++) {
        trial.world().comment(discussed);
      }
      trial.quirks().pageSize(2);
      whole(trial, "with comments on several pages");
      for (int more = 0; more < 5; more++) {
        trial.world().comment(discussed);
      }
      whole(trial, "with further comments on further pages");
    }
  }

  /** Where the only parts are those who may read. */
  private void readersOnSeveralPages(Trial trial) {
    Thing restricted =
        trial.world().readable().stream()
            .filter(Thing::isRestricted)
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing in this world has readers of its own"));
    trial.world().share(restricted, trial.world().people(), true);
    trial.quirks().pageSize(2);
    whole(trial, "with readers on several pages");
    new AccessComparison(subject(), trial).areRight("with readers on several pages");
  }

  @Check(
      id = "PAGE-19",
      rule = "However many pages there are, all are read",
      does = "A hundred and twenty things, one a page.",
      why = "A limit on pages in a connector is a limit on what people can find (W12).",
      whenItFails = "Let the engine bound a run; it resumes, a limit forgets.",
      needs = Need.PAGES)
  public final void many_pages_are_all_read() {
    try (Trial trial = trial(MANY)) {
      trial.quirks().pageSize(1);
      whole(trial, "with " + MANY + " pages and more");
    }
  }

  @Check(
      id = "PAGE-21",
      rule = "Where a search returns only so many results, none of the others is lost",
      does =
          "A hundred and twenty things, then as many changes, behind a search that returns fewer.",
      why =
          "What is beyond the cap is left out without a word, and the watermark moves on (W12, "
              + "W13).",
      whenItFails =
          "Declare the cap with `cappedAt`; the engine splits the window until its results fit.",
      needs = Need.CAPPED_RESULTS)
  public final void results_beyond_the_cap_are_found() {
    try (Trial trial = trial(MANY)) {
      whole(trial, "with more things than one search returns");
      trial.world().readable().forEach(trial.world()::edit);
      trial.pass(Duration.ofHours(1));
      whole(trial, "with more changes than one search returns");
    }
  }
}
