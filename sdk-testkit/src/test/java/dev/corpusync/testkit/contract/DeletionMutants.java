package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of DEL find out. */
final class DeletionMutants {
  private DeletionMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
