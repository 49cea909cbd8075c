package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of CONC find out. */
final class ConcurrencyMutants {
  private ConcurrencyMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
