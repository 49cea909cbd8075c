package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** What comes beside a page, in listings and batches, keeps the contract. */
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
