package dev.corpusync.testkit.contract;

/** CITE: every answer leads back to where it was written. */
abstract class CitationChecks extends Area {
  CitationChecks(Bench bench) {
    super(bench);
  }
}
