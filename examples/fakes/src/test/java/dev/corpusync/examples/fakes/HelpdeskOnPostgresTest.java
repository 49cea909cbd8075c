package dev.corpusync.examples.fakes;

class HelpdeskOnPostgresTest extends HelpdeskContract {
  HelpdeskOnPostgresTest() {
    super(On.POSTGRES);
  }
}
