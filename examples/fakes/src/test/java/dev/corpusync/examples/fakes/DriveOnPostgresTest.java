package dev.corpusync.examples.fakes;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs in the long profile: a whole contract takes minutes on PostgreSQL. */
@EnabledIfSystemProperty(named = "corpusync.long", matches = "true")
class DriveOnPostgresTest extends DriveContract {
  DriveOnPostgresTest() {
    super(On.POSTGRES);
  }
}
