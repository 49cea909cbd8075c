package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.probe.RecordTimes;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** INC: from when on a run reads, whatever clocks and times of change are like. */
public abstract class WatermarkChecks extends Area {
  public WatermarkChecks(Bench bench) {
    super(bench);
  }

  private Trial inStep() {
    return trial().hostAhead(Duration.ZERO);
  }

  @Check(
      id = "INC-04",
      rule = "What changes in the same second in which the last run began is found",
      does =
          "Something changes in the same second in which the last run began. The next run must "
              + "find it.",
      why = "Times have seconds; \"later than\" loses what shares one with the watermark.",
      whenItFails =
          "Ask for changes from the watermark on, that second included, or with an overlap.",
      needs = Need.CHANGES)
  public final void the_second_of_the_last_run_is_read_again() {
    try (Trial trial = inStep()) {
      trial.world().passToSecond();
      Instant began = trial.world().clock();
      whole(trial, "at first");
      Thing edited = trial.world().edit();
      assertThat(edited.updated()).as("the time of the change").isEqualTo(began);
      trial.pass(Duration.ofHours(1));
      whole(trial, "after a change in the second in which the last run began");
    }
  }

  @Check(
      id = "INC-05",
      rule = "Changes of one second are all found, also where a page ends between them",
      does = "Six changes, some in the same second, and pages of one record.",
      why = "Paging by time alone skips what shares a second with the last record of a page.",
      whenItFails = "Page by the API's cursor, or by time and id.",
      needs = Need.CHANGES)
  public final void equal_times_across_pages_are_all_found() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      trial.quirks().pageSize(1);
      trial.pass(Duration.ofHours(1));
      trial.world().passToSecond();
      List<Instant> times =
          List.of(1, 2, 3, 4, 5, 6).stream().map(i -> trial.world().add().updated()).toList();
      assertThat(times.stream().distinct().count())
          .as("times of changes: some must be equal")
          .isLessThan(times.size());
      whole(trial, "after several changes in one second, a page for each");
    }
  }

  @Check(
      id = "INC-06",
      rule = "What becomes visible two seconds late, with the time that it had, is found",
      does =
          "A thing becomes visible two seconds late, with the time that it had: commits are late, "
              + "replicas too. It must be found.",
      why = "Without an overlap such a change is never seen.",
      whenItFails =
          "Give `changedSince`, `Windows` or `ChangeLog` an overlap of at least some seconds. A "
              + "delta link needs none.",
      needs = {Need.CHANGES, Need.TIME_FILTERS})
  public final void what_becomes_visible_late_is_found() {
    try (Trial trial = inStep()) {
      trial.pass(Duration.ofHours(1));
      trial.world().passToSecond();
      Thing late = trial.world().withhold();
      trial.pass(Duration.ofSeconds(2));
      whole(trial, "while " + late + " is not shown yet");
      trial.world().release(late);
      whole(trial, "after " + late + " is shown, with a time before that of the last run");
    }
  }

  @Check(
      id = "INC-08",
      rule = "Clocks that differ by minutes lose nothing",
      does =
          "The host's clock is ten minutes ahead of the source's, then ten minutes behind. Nothing "
              + "may be lost.",
      why = "A watermark by the host's clock skips what the source dated earlier.",
      whenItFails =
          "Leave the watermark to the engine, which takes the source's time of the first reply; a "
              + "mark of your own must come from the source.",
      needs = Need.CHANGES)
  public final void clocks_may_differ() {
    for (Duration ahead : List.of(Duration.ofMinutes(10), Duration.ofMinutes(-10))) {
      try (Trial trial = trial().hostAhead(ahead)) {
        trial.sync();
        trial.pass(Duration.ofMinutes(1));
        trial.world().edit();
        trial.world().add();
        trial.sync();
        trial.pass(Duration.ofMinutes(30));
        whole(trial, "with a host whose clock is ahead by " + ahead);
      }
    }
  }

  @Check(
      id = "INC-26",
      rule = "A Date header that is hours or a year wrong loses nothing",
      does =
          "The first run is answered with a Date header that is twelve hours or a year ahead, or "
              + "twelve hours behind; the next runs with the right one, or with that one still. "
              + "What changes meanwhile must be found.",
      why =
          "A watermark from a clock that is ahead hides every change until that time has come "
              + "(attacks, 3).",
      whenItFails =
          "Let the engine keep the watermark, or take the earlier of the Date header and "
              + "`FetchRequest.now()`.",
      needs = Need.CHANGES)
  public final void a_wrong_date_loses_nothing() {
    for (Duration wrong :
        List.of(Duration.ofHours(12), Duration.ofDays(365), Duration.ofHours(-12))) {
      for (Duration later : List.of(Duration.ZERO, wrong)) {
        try (Trial trial = inStep()) {
          String when = "with a Date header wrong by " + wrong + ", then by " + later;
          trial.quirks().dateOffset(Optional.of(wrong));
          whole(trial, "at first, " + when);
          trial.quirks().dateOffset(Optional.of(later));
          for (int round = 0; round < 2; round++) {
            trial.pass(Duration.ofHours(1));
            trial.world().edit(trial.world().readable().get(round));
            trial.world().add();
            whole(trial, "after changes, " + when);
          }
        }
      }
    }
  }

  @Check(
      id = "INC-09",
      rule = "A host's clock that is set back stops nothing",
      does =
          "The host's clock is set back by an hour between two runs; the next run must succeed, "
              + "and lose nothing.",
      why = "Clocks are set back, and a span that turns negative must not stop everything.",
      whenItFails = "Never refuse a watermark that is later than `ask.now()`.",
      needs = Need.CHANGES)
  public final void a_clock_may_be_set_back() {
    try (Trial trial = inStep()) {
      whole(trial, "at first");
      trial.world().edit();
      trial.hostAhead(Duration.ofHours(-1));
      succeeded(trial.sync(), "with a clock that was set back by an hour");
      trial.hostAhead(Duration.ZERO).pass(Duration.ofHours(2));
      whole(trial, "with the clock right again");
    }
  }

  @Check(
      id = "INC-10",
      rule = "What changes while changes are read, after its page, is found by the next run",
      does =
          "While a run reads three changes, page by page, they change again after one of its "
              + "exchanges: each in turn. The next run must find all.",
      why = "A watermark taken at the end of a run hides what changed while it ran (W2, W4).",
      whenItFails = "Take the mark before the first request, not after the last.",
      needs = Need.CHANGES)
  public final void a_change_while_changes_are_read_is_found() {
    int exchanges = changedAfter(NO_EXCHANGE, false);
    assertThat(exchanges).as("requests of a run with three changes").isPositive();
    for (int k : spread(exchanges)) {
      changedAfter(k, false);
    }
  }

  @Check(
      id = "INC-19",
      rule = "What changes while everything is read for the first time is found by the next run",
      does = "Like INC-10, in the first full run.",
      why = "Incremental reading begins where the first run began, not where it ended (W5).",
      whenItFails = "As INC-10.")
  public final void a_change_while_all_is_read_is_found() {
    int exchanges = changedAfter(NO_EXCHANGE, true);
    assertThat(exchanges).as("requests of a first run").isGreaterThanOrEqualTo(fewestRequests());
    for (int k : spread(exchanges)) {
      changedAfter(k, true);
    }
  }

  /** Returns how many requests the run made. */
  private int changedAfter(int exchange, boolean first) {
    try (Trial trial = inStep()) {
      List<Thing> things = trial.world().readable();
      List<Thing> changed = List.of(things.get(0), things.get(5), things.get(9));
      if (!first) {
        whole(trial, "at first");
        trial.quirks().pageSize(1);
        trial.pass(Duration.ofHours(1));
        changed.forEach(trial.world()::edit);
      }
      int before = trial.server().count();
      trial
          .server()
          .after(
              n -> {
                if (n == before + exchange) {
                  changed.forEach(trial.world()::edit);
                  // Listings are long: what a mark at their end would hide is behind it by far.
                  trial.world().pass(Duration.ofDays(2));
                }
              });
      succeeded(trial.sync(), "while something changes after " + named(exchange));
      trial.server().after(n -> {});
      int made = trial.server().count() - before;
      trial.pass(Duration.ofHours(1));
      whole(trial, "after changes during the last one, at " + named(exchange));
      return made;
    }
  }

  @Check(
      id = "INC-12",
      rule = "In whichever zone times are written, a later change is the later one",
      does =
          "The API writes the same times in another zone at each run. A later change must win each "
              + "time.",
      why = "Times read without their zone go backwards, and the older of two versions is refused.",
      whenItFails = "Read times with `instant`, which demands the zone.",
      needs = Need.TIMED_RECORDS)
  public final void the_zone_of_times_makes_no_difference() {
    List<String> zones = List.of("+02:00", "+01:00", "-09:30", "Z");
    try (Trial trial = inStep()) {
      for (String zone : zones) {
        trial
            .quirks()
            .record(record -> RecordTimes.rewrite(record, time -> Optional.of(in(zone, time))));
        trial.pass(Duration.ofMinutes(5));
        trial.world().edit(trial.world().readable().get(2));
        whole(trial, "with times in the zone " + zone);
      }
    }
  }

  private static String in(String zone, Instant time) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX")
        .format(OffsetDateTime.ofInstant(time, ZoneOffset.of(zone)));
  }

  @Check(
      id = "INC-13",
      rule = "However coarse the times are that a connector asks with, they are never rounded up",
      does = "Runs and changes at seconds, minutes and hours that are often rounded.",
      why = "A bound rounded up asks for the future of what it should ask for.",
      whenItFails = "Truncate the time that is asked with; never round it.",
      needs = {Need.CHANGES, Need.TIME_FILTERS})
  public final void the_time_asked_for_is_never_rounded_up() {
    for (String time : List.of("09:10:29", "10:29:31", "12:31:45", "23:31:59")) {
      try (Trial trial = inStep()) {
        whole(trial, "at first");
        Duration until =
            Duration.between(
                LocalTime.ofInstant(trial.world().clock(), ZoneOffset.UTC), LocalTime.parse(time));
        trial.pass(until.plusDays(1));
        whole(trial, "at " + time);
        trial.world().edit();
        trial.pass(Duration.ofHours(36));
        whole(trial, "after a change at " + time + ", in the second of the last run");
      }
    }
  }

  @Check(
      id = "INC-15",
      rule = "An item whose time of change is far in the future hides no other change",
      does = "A thing has a time of change in the year 2500. Other changes must still be found.",
      why = "The newest time that was seen, as a watermark, waits for that year.",
      whenItFails = "Do not take the watermark from the records.",
      needs = Need.CHANGES)
  public final void a_time_in_the_future_hides_nothing() {
    try (Trial trial = inStep()) {
      Thing wrong = trial.world().readable().get(4);
      trial.world().misdate(wrong, Instant.parse("2500-01-01T00:00:00Z"));
      trial.sync();
      for (int i = 0; i < 2; i++) {
        trial.pass(Duration.ofDays(1));
        trial.world().edit(trial.world().readable().get(i));
        trial.world().add();
        succeeded(trial.sync(), "beside a thing of the year 2500");
        for (var stream : subject().documentStreams()) {
          trial.index().isWholeBut(subject().ref(stream, wrong), "beside a thing of the year 2500");
        }
      }
    }
  }

  @Check(
      id = "INC-18",
      rule = "Where a search answers for short windows only, nothing between them is lost",
      does =
          "Things at the edges of windows, and in the last one, where a search answers for short "
              + "windows only; in full, then as changes.",
      why =
          "Windows that leave out their ends lose a second each, ones that are too long are "
              + "refused, and the last one is easily forgotten.",
      whenItFails =
          "Ask for both ends of the window that `Windows` hands over, and declare the longest one.",
      needs = Need.WINDOWS)
  public final void no_edge_of_a_window_is_lost() {
    Duration longest = subject().wire().surface().longestWindow().orElseThrow();
    for (boolean first : List.of(true, false)) {
      try (Trial trial = inStep()) {
        if (!first) {
          whole(trial, "at first");
        }
        // Wherever the windows lie, some of these are at their edges, and some in the last one.
        for (int window = 0; window < 3; window++) {
          trial.world().passToSecond();
          for (int second = 0; second < 4; second++) {
            trial.world().add();
            trial.world().pass(Duration.ofMillis(600));
          }
          trial.pass(longest.minusSeconds(4));
        }
        trial.pass(Duration.ofSeconds(2));
        whole(trial, "with things at the edges of windows, " + (first ? "in full" : "changed"));
      }
    }
  }
}
