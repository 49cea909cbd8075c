package dev.corpusync.examples.fakes;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs in the profiles proof and long: a whole contract takes minutes on PostgreSQL. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class HelpdeskOnPostgresTest extends HelpdeskContract {
  HelpdeskOnPostgresTest() {
    super(On.POSTGRES);
  }
}
