package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** Containers, offsets with a total, addresses of next pages and parts keep the contract. */
class ShelfContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new ShelfReference();
  }

  @Override
  protected Wire wire() {
    return ShelfReference.WIRE;
  }
}
