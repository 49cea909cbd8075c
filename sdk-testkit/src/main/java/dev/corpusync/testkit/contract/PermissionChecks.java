package dev.corpusync.testkit.contract;

/** PERM: who could read it there can read it here, and nobody else. */
abstract class PermissionChecks extends Area {
  PermissionChecks(Bench bench) {
    super(bench);
  }
}
