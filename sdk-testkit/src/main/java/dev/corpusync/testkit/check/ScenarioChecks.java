package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.random.Seed;
import dev.corpusync.testkit.random.Walk;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CRASH, of everything together: changes, runs, deaths and faults in any order. */
public abstract class ScenarioChecks extends Area {
  private static final int FEW = 4;
  private static final int STORIES = 24;
  private static final int MANY = 1_000;
  private static final int LINES = 25;
  private Optional<Trial> open = Optional.empty();

  public ScenarioChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CRASH-16",
      rule =
          "Whatever happens in whatever order, each sync ends with what is visible, and nothing"
              + " hidden is stored in between",
      does =
          "Stories drawn by seeds: create, edit, hide, show, delete, sync, read everything, die, "
              + "meet a fault, jump in time. After each sync the index must be what is visible, "
              + "and after every line nothing hidden may be stored. A story that fails is cut "
              + "down to the shortest that still does.",
      why =
          "What nobody thought of. A run that only ends an interrupted listing leaves what has "
              + "changed since to the next one: the story syncs twice.",
      whenItFails =
          "The message is a script; add its seed to `story-seeds.txt`, where it is run for ever.")
  public final void any_story_ends_well() {
    List<Seed> seeds = new ArrayList<>(Seed.kept(ScenarioChecks.class, "story-seeds.txt"));
    assertThat(seeds).as("seeds that are always run").isNotEmpty();
    for (int i = 0; i < bench().profile().choose(FEW, STORIES, MANY); i++) {
      seeds.add(new Seed(Bench.SEED + i, LINES));
    }
    Walk<Trial> walk = new Walk<>(this::fresh, RandomScenario::next);
    try {
      seeds.forEach(walk::walk);
    } finally {
      open.ifPresent(Trial::close);
    }
  }

  private Trial fresh() {
    open.ifPresent(Trial::close);
    Trial trial = trial();
    open = Optional.of(trial);
    return trial;
  }
}
