package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.extract.ApiFactory;
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

  /**
   * Through which client; the SDK's own unless told otherwise.
   *
   * @param client the trial's clock and limits
   */
  protected ApiFactory apis(Client client) {
    return client.http();
  }

  private Bench bench() {
    return BENCHES
        .computeIfAbsent(getClass(), c -> new Bench())
        .on(() -> new Subject(connector(), wire(), store(), this::apis));
  }

  /** FIX. */
  @Nested
  @Order(10)
  public final class Fixture extends FixtureChecks {
    Fixture() {
      super(ConnectorContract.this.bench());
    }
  }

  /** FIX, of the world outside. */
  @Nested
  @Order(11)
  public final class Outside extends OutsideChecks {
    Outside() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CFG. */
  @Nested
  @Order(20)
  public final class Configuration extends ConfigurationChecks {
    Configuration() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PAGE. */
  @Nested
  @Order(30)
  public final class Paging extends PagingChecks {
    Paging() {
      super(ConnectorContract.this.bench());
    }
  }

  /** INC. */
  @Nested
  @Order(40)
  public final class Changes extends ChangeChecks {
    Changes() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CRASH. */
  @Nested
  @Order(50)
  public final class Crash extends CrashChecks {
    Crash() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CRASH, of runs whose process lives on. */
  @Nested
  @Order(51)
  public final class Interruption extends InterruptionChecks {
    Interruption() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET, of what passes when it is tried again. */
  @Nested
  @Order(60)
  public final class Retries extends RetryChecks {
    Retries() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET, of how long to wait. */
  @Nested
  @Order(61)
  public final class Waits extends WaitChecks {
    Waits() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET, of answers that are not what they look like. */
  @Nested
  @Order(62)
  public final class Bodies extends BodyChecks {
    Bodies() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET. */
  @Nested
  @Order(63)
  public final class Transport extends TransportChecks {
    Transport() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PRIV. */
  @Nested
  @Order(70)
  public final class Privacy extends PrivacyChecks {
    Privacy() {
      super(ConnectorContract.this.bench());
    }
  }

  /** DEL. */
  @Nested
  @Order(80)
  public final class Deletion extends DeletionChecks {
    Deletion() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PERM. */
  @Nested
  @Order(90)
  public final class Permissions extends PermissionChecks {
    Permissions() {
      super(ConnectorContract.this.bench());
    }
  }

  /** HYD. */
  @Nested
  @Order(100)
  public final class Lookups extends LookupChecks {
    Lookups() {
      super(ConnectorContract.this.bench());
    }
  }

  /** TRF. */
  @Nested
  @Order(110)
  public final class Transform extends TransformChecks {
    Transform() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CITE. */
  @Nested
  @Order(120)
  public final class Citation extends CitationChecks {
    Citation() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CONC. */
  @Nested
  @Order(130)
  public final class Concurrency extends ConcurrencyChecks {
    Concurrency() {
      super(ConnectorContract.this.bench());
    }
  }

  /** RES. */
  @Nested
  @Order(140)
  public final class Resources extends ResourceChecks {
    Resources() {
      super(ConnectorContract.this.bench());
    }
  }

  /** DET. */
  @Nested
  @Order(150)
  public final class Determinism extends DeterminismChecks {
    Determinism() {
      super(ConnectorContract.this.bench());
    }
  }

  /** OBS. */
  @Nested
  @Order(160)
  public final class Observation extends ObservationChecks {
    Observation() {
      super(ConnectorContract.this.bench());
    }
  }
}
