package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of HYD find out. */
final class LookupMutants {
  private LookupMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
