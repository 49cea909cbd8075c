package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What comes beside a page, in listings and batches, keeps the contract. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class SideloadContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new SideloadReference();
  }

  @Override
  protected Wire wire() {
    return SideloadReference.WIRE;
  }
}
