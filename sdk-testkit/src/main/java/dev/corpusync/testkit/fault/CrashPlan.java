package dev.corpusync.testkit.fault;

import dev.corpusync.error.CorpusyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a run dies: before or after its n-th step. A step is an exchange or a commit. After the
 * death every further step dies too, so that nothing can continue working as it could in one JVM.
 * Safe for many threads.
 *
 * @since 0.1
 */
public final class CrashPlan {
  private final int at;
  private final boolean before;
  private final List<String> steps = new ArrayList<>();
  private final List<String> afterlife = new ArrayList<>();
  private boolean dead;

  private CrashPlan(int at, boolean before) {
    this.at = at;
    this.before = before;
  }

  /** Nobody dies: for counting the steps. */
  public static CrashPlan counting() {
    return new CrashPlan(0, false);
  }

  /** Dies before the n-th step has any effect, counted from 1. */
  public static CrashPlan before(int step) {
    return new CrashPlan(step, true);
  }

  /** Dies after the n-th step has had its effect, and before anyone learns of it. */
  public static CrashPlan after(int step) {
    return new CrashPlan(step, false);
  }

  /** The names of the steps so far. */
  public synchronized List<String> steps() {
    return List.copyOf(steps);
  }

  public synchronized boolean died() {
    return dead;
  }

  /** What was still tried after the death: code that swallows it continues. */
  public synchronized List<String> afterlife() {
    return List.copyOf(afterlife);
  }

  <T> T step(String name, Supplier<T> work) {
    int number = enter(name);
    try {
      T result = work.get();
      leave(number, name);
      return result;
    } catch (CorpusyncException e) {
      // A step that failed had its effect too: the death after it must not be missed.
      leave(number, name);
      throw e;
    }
  }

  private synchronized int enter(String name) {
    alive(name);
    steps.add(name);
    if (steps.size() == at && before) {
      dead = true;
      throw new SimulatedCrash("before step " + at + ", " + name);
    }
    return steps.size();
  }

  private synchronized void leave(int number, String name) {
    alive(name);
    if (number == at) {
      dead = true;
      throw new SimulatedCrash("after step " + at + ", " + name);
    }
  }

  /** Dies if the process is dead already. */
  synchronized void alive(String name) {
    if (dead) {
      afterlife.add(name);
      throw new SimulatedCrash("a dead process continues with " + name);
    }
  }

  @Override
  public String toString() {
    return at == 0 ? "no crash" : (before ? "crash before step " : "crash after step ") + at;
  }
}
