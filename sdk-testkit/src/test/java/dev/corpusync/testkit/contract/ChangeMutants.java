package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of INC find out. */
final class ChangeMutants {
  private ChangeMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
