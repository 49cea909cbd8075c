package dev.corpusync.examples.fakes;

class SupportOnPostgresTest extends SupportContract {
  SupportOnPostgresTest() {
    super(On.POSTGRES);
  }
}
