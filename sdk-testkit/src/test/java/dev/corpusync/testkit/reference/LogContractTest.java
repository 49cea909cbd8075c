package dev.corpusync.testkit.reference;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.wire.Wire;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A log, batches by ids, and numbered pages keep the contract. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class LogContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new LogReference();
  }

  @Override
  protected Wire wire() {
    return LogReference.WIRE;
  }
}
