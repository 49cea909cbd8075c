package dev.corpusync.testkit.contract;

/** DET: the same again gives the same. */
abstract class DeterminismChecks extends Area {
  DeterminismChecks(Bench bench) {
    super(bench);
  }
}
