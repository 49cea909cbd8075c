package dev.corpusync.examples.fakes;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs in the long profile: a whole contract takes minutes on PostgreSQL. */
@EnabledIfSystemProperty(named = "corpusync.long", matches = "true")
class TrackerOnPostgresTest extends TrackerContract {
  TrackerOnPostgresTest() {
    super(On.POSTGRES);
  }
}
