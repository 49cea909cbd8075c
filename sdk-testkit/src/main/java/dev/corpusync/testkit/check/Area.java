package dev.corpusync.testkit.check;

import dev.corpusync.sync.Run;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The checks of one part of the contract. */
public abstract class Area {
  /** How many points of a sweep a quick run tries. */
  private static final int QUICK_POINTS = 4;

  private final Bench bench;

  Area(Bench bench) {
    this.bench = bench;
  }

  public final Bench bench() {
    return bench;
  }

  final Subject subject() {
    return bench.subject();
  }

  final Trial trial() {
    return trial(Bench.SIZE);
  }

  final Trial trial(int size) {
    return bench.trial(new World(Bench.SEED, subject().wire().types(), size));
  }

  /** Returns a few of the exchanges of a run, the first and the last among them. */
  final List<Integer> spread(int exchanges) {
    return spread(exchanges, bench.profile().choose(QUICK_POINTS, 10, 10));
  }

  /**
   * Returns all numbers from one; in a quick run a few of them, the first and the last among them.
   */
  final List<Integer> each(int last) {
    return bench.profile() == Profile.QUICK
        ? spread(last, QUICK_POINTS)
        : IntStream.rangeClosed(1, last).boxed().toList();
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

  /** An exchange that no run gets to: nothing happens in a run that is only counted. */
  static final int NO_EXCHANGE = Integer.MAX_VALUE / 2;

  /** Returns an exchange as messages name it. */
  static String named(int exchange) {
    return exchange == NO_EXCHANGE ? "none of its exchanges" : "its exchange " + exchange;
  }

  /** Returns the fewest requests of a full run in which there is something to interrupt. */
  final int fewestRequests() {
    return subject().wire().surface().hasSeveralPages() ? 2 : 1;
  }

  /** A sync that must succeed and leave the index whole. */
  static Run whole(Trial trial, String when) {
    Run run = succeeded(trial.sync(), when);
    trial.index().isWhole(when);
    return run;
  }

  public static Run succeeded(Run run, String when) {
    return Trial.succeeded(run, when);
  }
}
