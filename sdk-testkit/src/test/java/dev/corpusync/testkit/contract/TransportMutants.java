package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of NET find out. */
final class TransportMutants {
  private TransportMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
