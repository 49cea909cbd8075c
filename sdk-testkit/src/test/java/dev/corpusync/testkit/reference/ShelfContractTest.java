package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Containers, offsets with a total, addresses of next pages and parts keep the contract. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
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
