package dev.corpusync.testkit.contract;

import java.util.List;

/** What the checks of PERM find out. */
final class PermissionMutants {
  private PermissionMutants() {}

  static List<Mutant> all() {
    return List.of();
  }
}
