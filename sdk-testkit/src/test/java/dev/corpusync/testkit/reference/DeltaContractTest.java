package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Delta links with tombstones keep the contract. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class DeltaContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new DeltaReference();
  }

  @Override
  protected Wire wire() {
    return DeltaReference.WIRE;
  }
}
