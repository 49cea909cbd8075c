package dev.corpusync.testkit.contract;

/** RES: a run gives back what it took. */
abstract class ResourceChecks extends Area {
  ResourceChecks(Bench bench) {
    super(bench);
  }
}
