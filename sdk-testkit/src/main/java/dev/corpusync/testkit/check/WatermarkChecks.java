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

  @Check(id = "INC-08", rule = "Clocks that differ by minutes lose nothing", needs = Need.CHANGES)
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
      id = "INC-09",
      rule = "A host's clock that is set back stops nothing",
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
      rule = "What changes while everything is read for the first time is found by the next run")
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
      rule = "A thing whose time of change is far in the future hides no other change",
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
