package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.LeakKind;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.watch.OutputCapture;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was seen around every check that ran before, and around one more: they run last. A leak in
 * any check fails the one of these that it is of.
 */
public abstract class LeakChecks extends Area {
  public LeakChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "PRIV-01",
      rule =
          "Nothing private is ever in the store, in a checkpoint or in the feed, wherever a run"
              + " dies",
      does =
          "After every process of every check, and after a death behind each exchange and each "
              + "commit, the canaries are looked for in the store (artifacts, parts, documents, "
              + "failed items, runs, settings, cursors) and in what a subscriber was told.",
      why =
          "A private title in a checkpoint, or of a neighbour in a part, is a leak as much as one "
              + "in a document.",
      whenItFails =
          "The message names the check and shows the place. Keep nothing of a record in a cursor; "
              + "a part must hold only what belongs to its record.",
      needs = Need.PRIVATE_THINGS)
  public final void nothing_private_is_ever_stored() {
    CrashPlan counting = CrashPlan.counting();
    try (Trial trial = oneByOne()) {
      trial.process(counting, engine -> engine.sync(Trial.KEY));
    }
    for (int step = 1; step <= counting.steps().size(); step++) {
      if (!counting.steps().get(step - 1).equals("commit")) {
        // An exchange changes nothing that is stored.
        continue;
      }
      try (Trial trial = oneByOne()) {
        CrashPlan plan = CrashPlan.after(step);
        try {
          trial.process(plan, engine -> engine.sync(Trial.KEY));
        } catch (SimulatedCrash died) {
          // As planned: what is stored is compared.
        }
        assertThat(plan.died()).as("whether step %s was reached", step).isTrue();
      }
    }
    nothing(LeakKind.STORED);
  }

  @Check(
      id = "PRIV-10",
      rule =
          "Nothing private and no text of a record is in a log, a message, an exception or a"
              + " printed form",
      does =
          "Around every check, and in one where everything goes wrong once with answers that quote "
              + "what is private and with fields that hold the text of the record: canaries, and "
              + "texts of any record, are looked for in what is printed, in java.util.logging and "
              + "SLF4J at every level, in exceptions with their causes, in run messages, failed "
              + "items, notices, and in what the objects that are handed out print as.",
      why = "Logs are kept longer, and read by more people, than any document.",
      whenItFails =
          "Log ids of what is visible at most; quote no record in an exception. What is heard: "
              + "standard output and standard error; java.util.logging; SLF4J whole if the kit's "
              + "backend is in place "
              + "(`-Dslf4j.provider=dev.corpusync.testkit.watch.OutputCaptureProvider`), "
              + "otherwise what your backend prints or hands on. The message of a failure says "
              + "which.")
  public final void nothing_private_is_ever_told() {
    troubled();
    nothing(LeakKind.TOLD);
  }

  @Check(
      id = "OBS-01",
      rule = "The secret is in requests and nowhere else",
      does =
          "Around every check: any ten characters of the secret, as they are or in Base64, are "
              + "looked for in everything that PRIV-10 listens to and in the store. Cannot be "
              + "waived.",
      why = "The beginning of a token was printed \"for support\" (W60).",
      whenItFails = "Leave `AuthScheme` as it is; in `AuthScheme.custom`, say nothing.")
  public final void the_secret_is_nowhere() {
    troubled();
    nothing(LeakKind.SECRET);
  }

  @Check(
      id = "RES-01",
      rule = "No connection to the API is open once the engine is closed",
      does = "Once the engine of a process is closed, no connection to the API is open.",
      why = "A pool runs dry slowly, and at night (75, W69).",
      whenItFails = "Ask through the `Api` that you are given; open no client of your own.")
  public final void no_connection_stays_open() {
    ordinary();
    nothing(LeakKind.CONNECTION);
  }

  @Check(
      id = "RES-02",
      rule = "No thread lives on once the engine is closed",
      does =
          "Once a check has ended, no thread that it started lives on. Threads that the JVM shares "
              + "(OkHttp's, the common pool) do not count.",
      why = "An executor for each run is a leak that takes a week to show.",
      whenItFails = "Start no threads; the engine runs partitions side by side.")
  public final void no_thread_lives_on() {
    ordinary();
    nothing(LeakKind.THREAD);
  }

  @Check(
      id = "RES-03",
      rule = "No file is open once the engine is closed",
      does =
          "Once a check has ended, no file that it opened is open. Known on Linux only; a "
              + "temporary file that was closed and left behind is not seen.",
      why = "Handles run out before disks do.",
      whenItFails = "Close what you open, in `try`.",
      level = Check.Level.SHOULD)
  public final void no_file_stays_open() {
    ordinary();
    nothing(LeakKind.FILE);
  }

  private void nothing(LeakKind leak) {
    assertThat(bench().watch().looks()).as("how often anything was looked at").isPositive();
    assertThat(bench().watch().found(leak))
        .as("what was seen around all checks; what is heard: %s", OutputCapture.coverage())
        .isEmpty();
  }

  /** Each record is the last of its page, and the private ones are not the last of all. */
  private Trial oneByOne() {
    Trial trial = trial();
    trial.quirks().pageSize(1);
    trial.world().add();
    return trial;
  }

  private void ordinary() {
    try (Trial trial = trial()) {
      whole(trial, "that is watched");
      trial.world().edit();
      whole(trial, "that is watched, after an edit");
    }
  }

  /** Everything goes wrong once, with answers that quote what is private. */
  private void troubled() {
    try (Trial trial = trial()) {
      String quote = String.join(" ", trial.world().canaries().keySet()) + " " + Trial.SECRET;
      trial.sync();
      for (Fault fault : faults(quote)) {
        Thing edited = trial.world().edit();
        assertThat(edited.isVisible()).isTrue();
        int first = trial.server().count() + 1;
        trial.server().fault(first, fault);
        trial.sync();
        trial.resync();
        assertThat(trial.server().exchanges().get(first - 1).fault())
            .as("the fault of exchange %s", first)
            .isNotEmpty();
        trial.server().heal();
      }
      poison(trial);
      assertThat(trial.index().documents()).as("documents after all that").isNotEmpty();
    }
  }

  /** Each field of one record is something else once, with the text of the record in it. */
  private void poison(Trial trial) {
    Thing thing = trial.world().edit();
    ObjectNode record = subject().wire().surface().shown(thing).orElseThrow();
    assertThat(record.propertyNames()).as("fields of %s", thing).isNotEmpty();
    for (String field : record.propertyNames()) {
      trial
          .quirks()
          .record(
              json -> {
                if (json.toString().contains(thing.id())) {
                  json.set(field, JsonTree.object("not", thing.text()));
                }
                return json;
              });
      trial.sync();
      trial.resync();
    }
    trial.quirks().record(json -> json);
  }

  private static List<Fault> faults(String quote) {
    String body = "{\"error\":\"" + quote + "\",\"message\":\"" + quote + "\"}";
    return List.of(
        Fault.answers(FakeReply.json(body)),
        Fault.answers(FakeReply.json(body).withStatus(400)),
        Fault.answers(FakeReply.json(body).withStatus(403)),
        Fault.answers(FakeReply.json(body).withStatus(404)),
        Fault.answers(FakeReply.json(body).withStatus(500)),
        Fault.answers(FakeReply.json("[\"" + quote + "\"]").withStatus(422)),
        Fault.malformedJson(),
        Fault.html());
  }
}
