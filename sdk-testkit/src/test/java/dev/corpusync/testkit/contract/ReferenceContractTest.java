package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.world.World;

/** The reference connector keeps the contract. */
class ReferenceContractTest extends ConnectorContract {
  @Override
  protected Subject subject() {
    return subject(new ReferenceConnector());
  }

  static Subject subject(Connector connector) {
    return new Subject() {
      @Override
      public Connector connector() {
        return connector;
      }

      @Override
      public World world(long seed, int records) {
        return new TicketWorld(seed, records);
      }
    };
  }
}
