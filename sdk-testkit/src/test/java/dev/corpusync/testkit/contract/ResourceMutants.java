package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of RES find out. */
final class ResourceMutants {
  private ResourceMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
