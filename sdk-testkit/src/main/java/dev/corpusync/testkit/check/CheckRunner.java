package dev.corpusync.testkit.check;

import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.LoopbackOnly;
import dev.corpusync.testkit.trial.Watchdog;
import java.util.Arrays;
import java.util.Optional;

/** Says what became of a check. */
public final class CheckRunner {
  private CheckRunner() {}

  /** A check's body. */
  public interface Body {
    void run() throws Throwable;
  }

  /** What became of a check. */
  public sealed interface Outcome {
    record Passed() implements Outcome {}

    record Failed(AssertionError why) implements Outcome {}

    /** There is nothing that the rule could be about. */
    record NotApplicable(String reason) implements Outcome {}

    /** Nothing would be proved. */
    record NotRun(String reason) implements Outcome {}
  }

  public static Outcome judge(Check check, String testName, Bench bench, Body body) {
    boolean ofFixture = check.id().startsWith("FIX-");
    if (!ofFixture && bench.unsound().isPresent()) {
      return new Outcome.NotRun("the fixture is unsound: see " + bench.unsound().get());
    }
    try {
      Optional<String> lack =
          Arrays.stream(check.needs())
              .flatMap(need -> need.lackedBy(bench.subject()).stream())
              .findFirst();
      if (lack.isPresent()) {
        return new Outcome.NotApplicable(lack.get());
      }
      try (LoopbackOnly guard = LoopbackOnly.open()) {
        watched(check, bench, body);
      }
      return new Outcome.Passed();
    } catch (Throwable e) {
      // Whatever a connector does, its author reads which rule it broke.
      if (ofFixture) {
        bench.unsound(check.id());
      }
      return new Outcome.Failed(CheckFailure.of(check, testName, bench, e));
    }
  }

  /** The watch ends with the check, even where what is watched never does. */
  private static void watched(Check check, Bench bench, Body body) throws Throwable {
    boolean passed = false;
    bench.watch().begin(check.id());
    try {
      Watchdog.within(bench.limit(), body::run);
      passed = true;
    } finally {
      bench.watch().end(passed);
    }
  }
}
