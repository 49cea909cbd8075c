package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.wire.Wire;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;

/**
 * The contract of a connector: extend it, hand over the connector and the wire form of its API, and
 * run it. The checks are final, so that nobody can override one with an empty body.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
public abstract class ConnectorContract {
  private static final Map<Class<?>, Bench> BENCHES = new ConcurrentHashMap<>();

  protected abstract Connector connector();

  /** How the API looks on the wire. */
  protected abstract Wire wire();

  /** On which store; in memory unless told otherwise. */
  protected StoreFixture store() {
    return StoreFixture.inMemory();
  }

  private Bench bench() {
    return BENCHES
        .computeIfAbsent(getClass(), c -> new Bench())
        .on(() -> new Subject(connector(), wire(), store()));
  }

  /** FIX. */
  @Nested
  @Order(1)
  public final class Fixture extends FixtureChecks {
    Fixture() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PAGE. */
  @Nested
  @Order(2)
  public final class Paging extends PagingChecks {
    Paging() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CRASH. */
  @Nested
  @Order(3)
  public final class Crash extends CrashChecks {
    Crash() {
      super(ConnectorContract.this.bench());
    }
  }
}
