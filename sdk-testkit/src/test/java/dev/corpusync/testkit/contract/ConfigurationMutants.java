package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of CFG find out. */
final class ConfigurationMutants {
  private ConfigurationMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
