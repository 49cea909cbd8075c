package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** Windows of thirty days with a cap on their results keep the contract. */
class WindowContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new WindowReference();
  }

  @Override
  protected Wire wire() {
    return WindowReference.WIRE;
  }
}
