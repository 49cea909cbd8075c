package dev.corpusync.testkit.contract;

/** NET: whatever the network does, nothing is lost and nothing goes on for ever. */
abstract class TransportChecks extends Area {
  TransportChecks(Bench bench) {
    super(bench);
  }
}
