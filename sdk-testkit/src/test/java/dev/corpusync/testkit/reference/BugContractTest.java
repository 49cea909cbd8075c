package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;

/** Ids that are numbers, fields of each type and links with slugs keep the contract. */
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
