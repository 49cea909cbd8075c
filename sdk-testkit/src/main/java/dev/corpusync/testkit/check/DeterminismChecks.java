package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.extract.Extractor;
import dev.corpusync.testkit.scan.Forbidden;
import dev.corpusync.testkit.scan.Reach;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.JsonTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** DET: the same again gives the same. */
public abstract class DeterminismChecks extends Area {
  public DeterminismChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "DET-01",
      rule = "The same world again: the same requests, the same store",
      does = "Twice the same world: the same requests in the same order, the same store.",
      why = "What differs by chance cannot be tested or resumed.",
      whenItFails = "Look for hash codes of objects, and for sets without an order.")
  public final void the_same_again_gives_the_same() {
    assertThat(traceAndStore()).as("requests, then what was stored").isEqualTo(traceAndStore());
  }

  private List<String> traceAndStore() {
    try (Trial trial = trial()) {
      whole(trial, "of a world");
      trial.world().edit();
      trial.world().add();
      whole(trial, "after two changes");
      succeeded(trial.resync(), "of everything again");
      List<String> all = new ArrayList<>();
      String here = trial.url().toString();
      trial
          .server()
          .exchanges()
          .forEach(e -> all.add((e.path() + " " + e.query()).replace(here, "")));
      all.add(CrashSweep.state(trial));
      return all;
    }
  }

  @Check(
      id = "DET-02",
      rule =
          "A connector reads no clock, uses no randomness, and reads nothing of the machine that"
              + " it runs on",
      does =
          "Reads the class files of the connector, and of what it uses in its own jar, for clocks, "
              + "chance, and what differs from machine to machine.",
      why =
          "Time is injected: a look at the wall clock is a loss of data on a machine whose clock "
              + "is wrong.",
      whenItFails =
          "`FetchRequest.now()` is the time; the records have theirs. Seeded randoms and given "
              + "clocks are fine.")
  public final void no_clock_and_no_chance() {
    assertThat(reach(subject()).uses(Forbidden.CLOCK_AND_CHANCE))
        .as(
            "clocks and chance in the connector's code: the engine has the time, as"
                + " FetchRequest.now()")
        .isEmpty();
  }

  @Check(
      id = "DET-03",
      rule = "A connector does not wait, start threads, open sockets or files, or end the process",
      does = "The same for waiting, threads, sockets and HTTP clients, files, processes.",
      why =
          "The engine waits, retries, counts and closes; what goes past it is not counted, not "
              + "limited and not closed.",
      whenItFails = "`ask.api()` asks, the cursor remembers.")
  public final void no_effects() {
    assertThat(reach(subject()).uses(Forbidden.EFFECTS))
        .as("effects in the connector's code: the engine asks, waits and stores")
        .isEmpty();
  }

  /** The connector's code: its streams and extractors, and what they use of their own jar. */
  static Reach reach(Subject subject) {
    Set<Class<?>> roots = new LinkedHashSet<>();
    roots.add(subject.connector().getClass());
    subject
        .streams()
        .forEach(
            stream -> {
              roots.add(stream.getClass());
              Class<?> extractor = stream.source().extractor().getClass();
              // Those of the SDK are not the connector's code.
              if (!extractor.getPackage().equals(Extractor.class.getPackage())) {
                roots.add(extractor);
              }
            });
    Reach reach = Reach.of(roots);
    assertThat(reach.classes()).as("classes of the connector that could be read").isNotEmpty();
    return reach;
  }

  @Check(
      id = "DET-04",
      rule = "The order of a record's fields makes no difference",
      does = "The fields of each record come in reverse: the same documents.",
      why = "JSON has no order.",
      whenItFails = "Read fields by name.")
  public final void the_order_of_fields_makes_no_difference() {
    List<String> usual = documents(false);
    assertThat(usual).as("documents").isNotEmpty();
    assertThat(documents(true)).as("documents, read from fields in reverse").isEqualTo(usual);
  }

  private List<String> documents(boolean reversed) {
    try (Trial trial = trial()) {
      if (reversed) {
        trial.quirks().record(DeterminismChecks::reversed);
      }
      trial.sync();
      return trial.state().lines().filter(line -> line.startsWith("document ")).toList();
    }
  }

  private static ObjectNode reversed(ObjectNode record) {
    List<String> names = new ArrayList<>(record.propertyNames());
    Collections.reverse(names);
    ObjectNode other = JsonTree.object();
    names.forEach(name -> other.set(name, record.get(name)));
    return other;
  }
}
