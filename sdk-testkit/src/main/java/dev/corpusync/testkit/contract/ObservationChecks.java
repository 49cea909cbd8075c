package dev.corpusync.testkit.contract;

/** OBS: what happened can be told, without telling secrets. */
abstract class ObservationChecks extends Area {
  ObservationChecks(Bench bench) {
    super(bench);
  }
}
