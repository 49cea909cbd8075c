package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Windows of thirty days with a cap on their results keep the contract. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
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
