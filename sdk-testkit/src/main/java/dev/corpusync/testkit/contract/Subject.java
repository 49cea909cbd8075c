package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.world.World;

/** What an author hands to the contract: a connector, and a world that speaks its API. */
public interface Subject {
  Connector connector();

  /**
   * A fresh world with about so many records on at least three pages; the same one for the same
   * arguments.
   */
  World world(long seed, int records);

  /** Requests that one page may cost, its parts included. */
  default int requestsPerPage() {
    return 1;
  }

  /**
   * Requests that every run makes anew, however far the last one got: listings of containers and
   * references.
   */
  default int requestsPerRun() {
    return 0;
  }
}
