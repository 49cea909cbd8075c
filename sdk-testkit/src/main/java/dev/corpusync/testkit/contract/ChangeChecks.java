package dev.corpusync.testkit.contract;

/** INC: what changed since is read, nothing else, and nothing is lost in between. */
abstract class ChangeChecks extends Area {
  ChangeChecks(Bench bench) {
    super(bench);
  }
}
