package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of FIX find out. */
final class FixtureMutants {
  private FixtureMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
