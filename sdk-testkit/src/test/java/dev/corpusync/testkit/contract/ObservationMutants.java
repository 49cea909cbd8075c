package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of OBS find out. */
final class ObservationMutants {
  private ObservationMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
