package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of DET find out. */
final class DeterminismMutants {
  private DeterminismMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
