package dev.corpusync.testkit.contract;

/** TRF: a record becomes the same document everywhere, or a reported failure. */
abstract class TransformChecks extends Area {
  TransformChecks(Bench bench) {
    super(bench);
  }
}
