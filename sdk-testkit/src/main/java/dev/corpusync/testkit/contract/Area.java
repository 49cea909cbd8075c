package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;

/** The checks of one part of the contract. */
public abstract class Area {
  /** Visible things of each kind in a usual trial: more than three pages. */
  static final int SIZE = 12;

  private final Bench bench;

  Area(Bench bench) {
    this.bench = bench;
  }

  final Bench bench() {
    return bench;
  }

  final Subject subject() {
    return bench.subject();
  }

  final Trial trial() {
    return trial(SIZE);
  }

  final Trial trial(int size) {
    return bench.trial(new World(Bench.SEED, subject().wire().types(), size));
  }

  /** Up to ten of the exchanges of a run, the first and the last among them. */
  static List<Integer> spread(int exchanges) {
    int step = Math.max(1, (exchanges + 8) / 9);
    List<Integer> points = new ArrayList<>();
    for (int point = 1; point < exchanges; point += step) {
      points.add(point);
    }
    points.add(exchanges);
    return points;
  }

  /** A sync that must succeed and leave the index whole. */
  static Run whole(Trial trial, String when) {
    Run run = succeeded(trial.sync(), when);
    trial.index().isWhole(when);
    return run;
  }

  static Run succeeded(Run run, String when) {
    assertThat(run.state())
        .as("the state of a run %s; its message: %s", when, run.message())
        .isEqualTo(Run.State.SUCCEEDED);
    return run;
  }
}
