package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.wire.Wire;

/**
 * A subject that is wrong in one way, or right and unusual.
 *
 * @param name as in {@code kill-matrix.csv}
 */
record Mutant(String name, Subject subject) {
  static Mutant of(String name, Connector connector) {
    return new Mutant(name, new Subject(connector, TicketWire.WIRE, StoreFixture.inMemory()));
  }

  /** The reference connector with another source. */
  static Mutant of(String name, Source source) {
    return of(name, PagingMutants.connector(source));
  }

  /** A subject of another family. */
  static Mutant of(String name, Connector connector, Wire wire) {
    return new Mutant(name, new Subject(connector, wire, StoreFixture.inMemory()));
  }

  /** The reference connector on a store that is wrong. */
  static Mutant of(String name, StoreFixture store) {
    return new Mutant(name, new Subject(new ReferenceConnector(), TicketWire.WIRE, store));
  }

  @Override
  public String toString() {
    return name;
  }
}
