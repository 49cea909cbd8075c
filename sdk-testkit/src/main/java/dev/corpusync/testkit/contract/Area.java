package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;

/** The checks of one part of the contract. */
public abstract class Area {
  /** Visible things of each kind in a usual trial: more than three pages. */
  static final int SIZE = 12;

  /** How many points of a sweep a quick run tries. */
  private static final int QUICK_POINTS = 4;

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

  /** Returns a few of the exchanges of a run, the first and the last among them. */
  final List<Integer> spread(int exchanges) {
    return spread(exchanges, bench.profile().choose(QUICK_POINTS, 10, 10));
  }

  /** Returns all numbers from one; in a quick run a few of them, the first and the last among them. */
  final List<Integer> each(int last) {
    return spread(last, bench.profile() == Profile.QUICK ? QUICK_POINTS : Math.max(2, last));
  }

  /**
   * Returns numbers from one to the last one, in equal distances, both ends among them.
   *
   * @param most how many at most; at least two
   */
  static List<Integer> spread(int last, int most) {
    int step = Math.max(1, (last + most - 2) / (most - 1));
    List<Integer> points = new ArrayList<>();
    for (int point = 1; point < last; point += step) {
      points.add(point);
    }
    points.add(last);
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
