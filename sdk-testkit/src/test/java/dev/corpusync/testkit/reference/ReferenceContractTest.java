package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** The reference connector keeps the contract. */
public class ReferenceContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new ReferenceConnector();
  }

  @Override
  protected Wire wire() {
    return TicketWire.WIRE;
  }
}
