package dev.corpusync.testkit.contract;

import dev.corpusync.connector.Connector;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.testkit.check.BodyChecks;
import dev.corpusync.testkit.check.ChangeChecks;
import dev.corpusync.testkit.check.CitationChecks;
import dev.corpusync.testkit.check.ConcurrencyChecks;
import dev.corpusync.testkit.check.ConfigurationChecks;
import dev.corpusync.testkit.check.CrashChecks;
import dev.corpusync.testkit.check.DeletionChecks;
import dev.corpusync.testkit.check.DeterminismChecks;
import dev.corpusync.testkit.check.DriftChecks;
import dev.corpusync.testkit.check.FixtureChecks;
import dev.corpusync.testkit.check.InterruptionChecks;
import dev.corpusync.testkit.check.LeakChecks;
import dev.corpusync.testkit.check.LinkChecks;
import dev.corpusync.testkit.check.LookupChecks;
import dev.corpusync.testkit.check.NetworkIsolationChecks;
import dev.corpusync.testkit.check.ObservationChecks;
import dev.corpusync.testkit.check.PagingChecks;
import dev.corpusync.testkit.check.PermissionChecks;
import dev.corpusync.testkit.check.PrivacyChecks;
import dev.corpusync.testkit.check.RecordChecks;
import dev.corpusync.testkit.check.ResourceChecks;
import dev.corpusync.testkit.check.RetryChecks;
import dev.corpusync.testkit.check.ScenarioChecks;
import dev.corpusync.testkit.check.TextChecks;
import dev.corpusync.testkit.check.TransformChecks;
import dev.corpusync.testkit.check.TransportChecks;
import dev.corpusync.testkit.check.WaitChecks;
import dev.corpusync.testkit.check.WatermarkChecks;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.report.Waiver;
import dev.corpusync.testkit.subject.Client;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.testkit.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of a connector: extend it, hand over the connector and the wire format of its API,
 * and run it. The checks are final, so that nobody can override one with an empty body.
 *
 * @since 0.1
 */
@ExtendWith(ContractExtension.class)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
public abstract class ConnectorContract {
  private static final Map<Class<?>, ContractRun> RUNS = new ConcurrentHashMap<>();

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

  /** Records of the real API that the wire format is held against, where there are any. */
  protected Optional<Recording> recording() {
    return Optional.empty();
  }

  /** Checks that are known to fail; each only with a reason and for a time. */
  protected List<Waiver> waivers() {
    return List.of();
  }

  /** The badge that the connector claims: without it, the build is red. */
  protected Report.Badge claims() {
    return Report.Badge.CONFORMANT;
  }

  private Bench bench() {
    ContractRun run = RUNS.computeIfAbsent(getClass(), c -> new ContractRun());
    return run.bench().strict(claims() == Report.Badge.CERTIFIED).on(() -> subject(run));
  }

  private Subject subject(ContractRun run) {
    Subject plain = Subject.of(connector(), wire(), store()).using(this::apis);
    Subject subject = recording().map(plain::comparedWith).orElse(plain);
    run.results().about(subject, waivers());
    return subject;
  }

  static Optional<ContractRun> runOf(Class<?> contract) {
    return Optional.ofNullable(RUNS.get(contract));
  }

  /** FIX. */
  @Nested
  @Order(10)
  public final class CheckFixture extends FixtureChecks {
    CheckFixture() {
      super(ConnectorContract.this.bench());
    }
  }

  /** FIX, that no request leaves the machine. */
  @Nested
  @Order(11)
  public final class CheckNetworkIsolation extends NetworkIsolationChecks {
    CheckNetworkIsolation() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CFG. */
  @Nested
  @Order(20)
  public final class CheckConfiguration extends ConfigurationChecks {
    CheckConfiguration() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PAGE. */
  @Nested
  @Order(30)
  public final class CheckPaging extends PagingChecks {
    CheckPaging() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PAGE, while things move. */
  @Nested
  @Order(31)
  public final class CheckDrift extends DriftChecks {
    CheckDrift() {
      super(ConnectorContract.this.bench());
    }
  }

  /** INC. */
  @Nested
  @Order(40)
  public final class CheckChange extends ChangeChecks {
    CheckChange() {
      super(ConnectorContract.this.bench());
    }
  }

  /** INC, clocks and times. */
  @Nested
  @Order(41)
  public final class CheckWatermark extends WatermarkChecks {
    CheckWatermark() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CRASH. */
  @Nested
  @Order(50)
  public final class CheckCrash extends CrashChecks {
    CheckCrash() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CRASH, of runs whose process lives on. */
  @Nested
  @Order(51)
  public final class CheckInterruption extends InterruptionChecks {
    CheckInterruption() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CRASH, in random scenarios. */
  @Nested
  @Order(52)
  public final class CheckScenario extends ScenarioChecks {
    CheckScenario() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET, of what passes when it is tried again. */
  @Nested
  @Order(60)
  public final class CheckRetries extends RetryChecks {
    CheckRetries() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET, of how long to wait. */
  @Nested
  @Order(61)
  public final class CheckWaits extends WaitChecks {
    CheckWaits() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET, of answers that are not what they look like. */
  @Nested
  @Order(62)
  public final class CheckBodies extends BodyChecks {
    CheckBodies() {
      super(ConnectorContract.this.bench());
    }
  }

  /** NET. */
  @Nested
  @Order(63)
  public final class CheckTransport extends TransportChecks {
    CheckTransport() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PRIV. */
  @Nested
  @Order(70)
  public final class CheckPrivacy extends PrivacyChecks {
    CheckPrivacy() {
      super(ConnectorContract.this.bench());
    }
  }

  /** DEL. */
  @Nested
  @Order(80)
  public final class CheckDeletion extends DeletionChecks {
    CheckDeletion() {
      super(ConnectorContract.this.bench());
    }
  }

  /** PERM. */
  @Nested
  @Order(90)
  public final class CheckPermission extends PermissionChecks {
    CheckPermission() {
      super(ConnectorContract.this.bench());
    }
  }

  /** HYD. */
  @Nested
  @Order(100)
  public final class CheckLookup extends LookupChecks {
    CheckLookup() {
      super(ConnectorContract.this.bench());
    }
  }

  /** TRF. */
  @Nested
  @Order(110)
  public final class CheckTransform extends TransformChecks {
    CheckTransform() {
      super(ConnectorContract.this.bench());
    }
  }

  /** TRF. */
  @Nested
  @Order(115)
  public final class CheckRecord extends RecordChecks {
    CheckRecord() {
      super(ConnectorContract.this.bench());
    }
  }

  /** TRF. */
  @Nested
  @Order(116)
  public final class CheckText extends TextChecks {
    CheckText() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CITE. */
  @Nested
  @Order(120)
  public final class CheckCitation extends CitationChecks {
    CheckCitation() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CITE. */
  @Nested
  @Order(125)
  public final class CheckLink extends LinkChecks {
    CheckLink() {
      super(ConnectorContract.this.bench());
    }
  }

  /** CONC. */
  @Nested
  @Order(130)
  public final class CheckConcurrency extends ConcurrencyChecks {
    CheckConcurrency() {
      super(ConnectorContract.this.bench());
    }
  }

  /** RES. */
  @Nested
  @Order(140)
  public final class CheckResource extends ResourceChecks {
    CheckResource() {
      super(ConnectorContract.this.bench());
    }
  }

  /** DET. */
  @Nested
  @Order(150)
  public final class CheckDeterminism extends DeterminismChecks {
    CheckDeterminism() {
      super(ConnectorContract.this.bench());
    }
  }

  /** OBS. */
  @Nested
  @Order(160)
  public final class CheckObservation extends ObservationChecks {
    CheckObservation() {
      super(ConnectorContract.this.bench());
    }
  }

  /** What leaked during the other checks. */
  @Nested
  @Order(170)
  public final class CheckLeaks extends LeakChecks {
    CheckLeaks() {
      super(ConnectorContract.this.bench());
    }
  }
}
