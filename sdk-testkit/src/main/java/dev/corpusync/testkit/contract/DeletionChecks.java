package dev.corpusync.testkit.contract;

/** DEL: what is gone at the source goes here, and nothing else does. */
abstract class DeletionChecks extends Area {
  DeletionChecks(Bench bench) {
    super(bench);
  }
}
