package dev.corpusync.testkit.mutant;

import dev.corpusync.connector.Connector;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.subject.Client;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.Wire;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A subject that is wrong in one way, or right and unusual.
 *
 * @param foundBy the check that it is there for; empty for one that is right
 * @param subjects a new one for each process, as far as it has a state that dies with one
 */
public record Mutant(String name, Optional<String> foundBy, Supplier<Subject> subjects) {
  Mutant(String name, Supplier<Subject> subjects) {
    this(name, Optional.empty(), subjects);
  }

  Mutant(String name, Subject subject) {
    this(name, () -> subject);
  }

  /** The check that this mutant is there for. */
  Mutant foundBy(String check) {
    return new Mutant(name, Optional.of(check), subjects);
  }

  KillMatrix.Entry<Supplier<Subject>> entry() {
    return new KillMatrix.Entry<>(name, foundBy, subjects);
  }

  Subject subject() {
    return subjects.get();
  }

  public static Mutant of(String name, Connector connector) {
    return new Mutant(name, Subject.of(connector, TicketWire.WIRE, StoreFixture.inMemory()));
  }

  /** The reference connector with another source. */
  public static Mutant of(String name, Source source) {
    return of(name, PagingMutants.connector(source));
  }

  /** A subject of another family. */
  public static Mutant of(String name, Connector connector, Wire wire) {
    return new Mutant(name, Subject.of(connector, wire, StoreFixture.inMemory()));
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
        name, () -> Subject.of(connectors.get(), TicketWire.WIRE, StoreFixture.inMemory()));
  }

  /** The reference connector through another client. */
  static Mutant through(String name, Function<Client, ApiFactory> apis) {
    return new Mutant(
        name,
        Subject.of(new ReferenceConnector(), TicketWire.WIRE, StoreFixture.inMemory()).using(apis));
  }

  /** The reference connector on a store that is wrong. */
  public static Mutant of(String name, StoreFixture store) {
    return new Mutant(name, Subject.of(new ReferenceConnector(), TicketWire.WIRE, store));
  }

  @Override
  public String toString() {
    return name;
  }
}
