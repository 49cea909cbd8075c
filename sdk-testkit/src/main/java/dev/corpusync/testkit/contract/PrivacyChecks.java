package dev.corpusync.testkit.contract;

/** PRIV: what is not plainly visible is private. */
abstract class PrivacyChecks extends Area {
  PrivacyChecks(Bench bench) {
    super(bench);
  }
}
