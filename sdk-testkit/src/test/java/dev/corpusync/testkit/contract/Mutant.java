package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.wire.Wire;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A subject that is wrong in one way, or right and unusual.
 *
 * @param name as in {@code kill-matrix.csv}
 * @param subjects a new one for each process, as far as it has a state that dies with one
 */
record Mutant(String name, Supplier<Subject> subjects) {
  Mutant(String name, Subject subject) {
    this(name, () -> subject);
  }

  Subject subject() {
    return subjects.get();
  }

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

  /** The reference connector with another extractor, a new one for each process. */
  static Mutant reborn(String name, Supplier<Extractor<?>> extractors) {
    return born(
        name,
        () -> {
          Source own = Source.extractor(extractors.get(), Source.Changes.SINCE);
          return new ReferenceConnector() {
            @Override
            public Source source() {
              return own;
            }
          };
        });
  }

  /** A connector that is a new one for each process. */
  static Mutant born(String name, Supplier<Connector> connectors) {
    return new Mutant(
        name, () -> new Subject(connectors.get(), TicketWire.WIRE, StoreFixture.inMemory()));
  }

  /** The reference connector through another client. */
  static Mutant through(String name, Function<Client, ApiFactory> apis) {
    return new Mutant(
        name,
        new Subject(
            new ReferenceConnector(),
            TicketWire.WIRE,
            StoreFixture.inMemory(),
            Optional.empty(),
            apis));
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
