package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** Delta links with tombstones keep the contract. */
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
