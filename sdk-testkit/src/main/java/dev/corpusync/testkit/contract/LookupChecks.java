package dev.corpusync.testkit.contract;

/** HYD: what a record only mentions is looked up, or left out. */
abstract class LookupChecks extends Area {
  LookupChecks(Bench bench) {
    super(bench);
  }
}
