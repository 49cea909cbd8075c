package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.wire.Wire;

/** The reference connector keeps the contract. */
class ReferenceContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new ReferenceConnector();
  }

  @Override
  protected Wire wire() {
    return TicketWire.WIRE;
  }
}
