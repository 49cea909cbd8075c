package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of CITE find out. */
final class CitationMutants {
  private CitationMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
