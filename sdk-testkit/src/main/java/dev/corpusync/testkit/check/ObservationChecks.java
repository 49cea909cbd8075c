package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** OBS: what a host is told of a run is enough, true, and not too much. */
public abstract class ObservationChecks extends Area {
  public ObservationChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "OBS-02",
      rule = "The counts of a run add up, and none of the records that the API gave is missing",
      does =
          "Each field of one record is null in turn: `seen = stored + unchanged + hidden + "
              + "failed`, all that the API listed was seen, and requests are those that were "
              + "made.",
      why = "A record that is dropped without a word is lost without a word (W1, W54).",
      whenItFails =
          "Hand every record to the page; what cannot be read is kept as failed by the engine.")
  public final void counts_add_up() {
    for (String field : fields()) {
      try (Trial trial = trial()) {
        World world = trial.world();
        breakField(trial, Set.of(world.readable().get(3).mark()), field);
        int before = trial.server().count();
        Run run = trial.sync();
        Counts c = run.counts();
        String when = "when '" + field + "' of one record is null: " + c + " " + run.message();
        assertThat(c.seen())
            .as("records seen, which is what became of them, %s", when)
            .isEqualTo(c.stored() + c.unchanged() + c.hidden() + c.failed());
        // A page that failed is not counted: the run says that it failed.
        if (run.state() != Run.State.FAILED) {
          assertThat(c.requests())
              .as("requests %s", when)
              .isEqualTo(trial.server().count() - before);
          long listed =
              world.types().stream()
                  .filter(t -> t.parent().isEmpty() || isContained(world))
                  .mapToLong(t -> readable(world, t.kind()))
                  .sum();
          assertThat(c.seen())
              .as("records seen of the %s that the API listed, %s", listed, when)
              .isGreaterThanOrEqualTo(listed);
        }
      }
    }
  }

  private static boolean isContained(World world) {
    return world.types().stream().anyMatch(world::isContainer);
  }

  /** What a connection is shown of a kind: nothing of what is in a hidden container. */
  private static long readable(World world, String kind) {
    return world.listed(kind).stream()
        .filter(t -> t.findParent().map(Thing::isVisible).orElse(true))
        .count();
  }

  @Check(
      id = "OBS-03",
      rule = "Each failure says what was asked and what came back, and is gone once it is over",
      does =
          "Everything answers 400, 403, 409, 500: the run has failed, and its message has the "
              + "request and the status. A field is null: each failed item has a reason. Once it "
              + "is over, nothing is left of either.",
      why = "\"sync failed\" helps nobody (W66).",
      whenItFails = "Let the API's exceptions through; do not wrap them.")
  public final void failures_say_what_went_wrong() {
    for (int status : List.of(400, 403, 409, 500)) {
      try (Trial trial = trial()) {
        trial.server().faultAlways(Fault.status(status));
        Run run = trial.sync();
        assertThat(run.state())
            .as("the state of a run to which everything answers %s", status)
            .isNotIn(Run.State.SUCCEEDED, Run.State.RUNNING);
        assertThat(run.message() + reasons(trial))
            .as("what is said of a run to which everything answers %s", status)
            .containsPattern("GET|POST")
            .contains(Integer.toString(status))
            .doesNotContain("null");
        trial.server().heal();
        trial.sync();
        trial.proveAbsences();
        whole(trial, "once answers are no longer " + status);
      }
    }
    for (String field : fields()) {
      try (Trial trial = trial()) {
        breakField(trial, Set.of(trial.world().readable().get(3).mark()), field);
        trial.sync();
        for (FailedItem failed : trial.store().journal().failures(Trial.KEY, 100)) {
          assertThat(failed.reason())
              .as("why an item failed when '%s' of it is null", field)
              .matches(".*[a-z]+.*:? .+")
              .doesNotContain("null");
        }
        trial.quirks().record(json -> json);
        trial.sync();
        trial.proveAbsences();
        whole(trial, "once '" + field + "' is right again");
        assertThat(trial.store().journal().failures(Trial.KEY, 100))
            .as("failed items once '%s' is right again", field)
            .isEmpty();
      }
    }
  }

  private static List<String> reasons(Trial trial) {
    return trial.store().journal().failures(Trial.KEY, 100).stream()
        .map(FailedItem::reason)
        .toList();
  }

  @Check(
      id = "OBS-04",
      rule = "What is printed and logged does not grow with the number of bad records",
      does = "Four times as many bad records: no more lines printed or logged at INFO and above.",
      why = "Disks fill up in the night in which an API changes.",
      whenItFails = "Log nothing for a record; failed items are counted and kept.",
      level = Check.Level.SHOULD)
  public final void logs_do_not_grow_with_bad_records() {
    long few = linesWith(Bench.SIZE * 2);
    long many = linesWith(Bench.SIZE * 8);
    assertThat(many)
        .as(
            "lines with %s records of which each twelfth is bad; with %s they were %s",
            Bench.SIZE * 8, Bench.SIZE * 2, few)
        .isLessThanOrEqualTo(few + 3);
  }

  private long linesWith(int records) {
    try (Trial trial = trial(records)) {
      List<Thing> all = trial.world().readable();
      Set<String> bad =
          all.stream()
              .filter(t -> all.indexOf(t) % 12 == 5)
              .map(Thing::mark)
              .collect(Collectors.toSet());
      assertThat(bad).as("bad records").hasSizeGreaterThanOrEqualTo(records / 12 - 1);
      int[] broken = {0};
      trial
          .quirks()
          .record(
              json -> {
                if (bad.stream().anyMatch(mark -> json.toString().contains(mark + "\""))) {
                  broken[0]++;
                  wordy(json).forEach(field -> json.set(field, JsonTree.object("is", "no text")));
                }
                return json;
              });
      long before = bench().watch().lines();
      trial.sync();
      assertThat(broken[0]).as("bad records given out").isGreaterThanOrEqualTo(bad.size());
      return bench().watch().lines() - before;
    }
  }

  private static List<String> wordy(ObjectNode json) {
    return json.propertyNames().stream()
        .filter(field -> json.get(field).isString() && json.get(field).stringValue().contains(" "))
        .toList();
  }

  @Check(
      id = "OBS-05",
      rule = "Each request has a User-Agent",
      does = "Each request has a `User-Agent`.",
      why = "APIs ban those that do not say who they are.",
      whenItFails = "Do not set the header yourself.",
      level = Check.Level.SHOULD)
  public final void requests_say_whose_they_are() {
    try (Trial trial = trial()) {
      whole(trial, "that is listened to");
      trial.world().edit();
      whole(trial, "after an edit");
      assertThat(trial.server().count()).as("requests").isPositive();
      assertThat(trial.site().anonymous()).as("requests without a User-Agent").isZero();
    }
  }

  /** The fields of a record of a document. */
  private List<String> fields() {
    try (Trial trial = trial()) {
      Thing thing = trial.world().readable().get(3);
      List<String> names =
          List.copyOf(subject().wire().surface().shown(thing).orElseThrow().propertyNames());
      assertThat(names).as("fields of %s", thing).isNotEmpty();
      return names;
    }
  }

  private static void breakField(Trial trial, Set<String> marks, String field) {
    trial
        .quirks()
        .record(
            json -> {
              if (marks.stream().anyMatch(mark -> json.toString().contains(mark + "\""))) {
                json.putNull(field);
              }
              return json;
            });
  }
}
