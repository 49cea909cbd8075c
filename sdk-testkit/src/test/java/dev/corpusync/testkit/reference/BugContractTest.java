package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Ids that are numbers, fields of each type and links with slugs keep the contract. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class BugContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new BugReference();
  }

  @Override
  protected Wire wire() {
    return BugReference.WIRE;
  }
}
