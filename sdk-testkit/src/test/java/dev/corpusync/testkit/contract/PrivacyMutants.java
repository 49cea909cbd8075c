package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of PRIV find out. */
final class PrivacyMutants {
  private PrivacyMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
