package dev.corpusync.testkit.contract;

import java.util.List;

/** What a crash finds out. */
final class CrashMutants {
  private CrashMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
