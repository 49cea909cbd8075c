package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** A connector with containers, parts and references keeps the contract. */
class TrackerContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new TrackerReference();
  }

  @Override
  protected Wire wire() {
    return TrackerWire.WIRE;
  }
}
