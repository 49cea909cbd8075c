package dev.corpusync.examples.fakes;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** In the long profile: a whole contract takes minutes there. */
@EnabledIfSystemProperty(named = "corpusync.long", matches = "true")
class CrmOnPostgresTest extends CrmContract {
  CrmOnPostgresTest() {
    super(On.POSTGRES);
  }
}
