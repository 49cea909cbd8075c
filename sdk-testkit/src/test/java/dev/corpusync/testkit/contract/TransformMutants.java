package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of TRF find out. */
final class TransformMutants {
  private TransformMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
