package dev.corpusync.testkit.contract;

/** CONC: runs, connections and people do not get into each other's way. */
abstract class ConcurrencyChecks extends Area {
  ConcurrencyChecks(Bench bench) {
    super(bench);
  }
}
