package dev.corpusync.micrometer;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.RequestAttempt;
import dev.corpusync.sync.RequestEvent;
import dev.corpusync.sync.RequestListener;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a Micrometer observation, and with a tracing bridge a span, of each run and of each HTTP
 * request. Give it to {@code CorpusyncBuilder.listener} and {@code
 * CorpusyncBuilder.requestListener}.
 *
 * <ul>
 *   <li>{@code corpusync.trace.run} with the low-cardinality keys {@code trigger}, {@code state}
 *       and {@code failure_kind}
 *   <li>{@code corpusync.trace.request}, a child of its run's, with {@code method}, {@code status},
 *       {@code failure} and {@code attempt} (first, repeated)
 * </ul>
 *
 * Tenant, connection, run and host are high-cardinality keys. No path and no id of an item is
 * passed on. A run that fails, and a request that gets no answer or an error, marks its observation
 * as an error. Safe for many threads; observations are started and stopped on the working threads,
 * so what the registry's handlers do must be quick.
 *
 * @since 0.1
 */
public final class TracedSync implements RunListener, RequestListener {
  private static final String NONE = "none";
  private final ObservationRegistry registry;
  private final Map<RunId, Observation> runs = new ConcurrentHashMap<>();
  // A request's start and end come on one thread, with no other request between them.
  private final ThreadLocal<Observation> requests = new ThreadLocal<>();

  public TracedSync(ObservationRegistry registry) {
    this.registry = registry;
  }

  private record RunId(ConnectionKey connection, String run) {}

  @Override
  public void runStarted(Run run) {
    Observation observation =
        Observation.createNotStarted("corpusync.trace.run", registry)
            .contextualName("corpusync run")
            .lowCardinalityKeyValue("trigger", MeteredSync.lower(run.trigger()))
            // A handler for meters needs each key from the start.
            .lowCardinalityKeyValue("state", NONE)
            .lowCardinalityKeyValue("failure_kind", NONE)
            .highCardinalityKeyValue("tenant", run.key().tenant())
            .highCardinalityKeyValue("connection", run.key().id())
            .highCardinalityKeyValue("run", run.id());
    runs.put(new RunId(run.key(), run.id()), observation.start());
  }

  @Override
  public void runEnded(Run run) {
    Observation observation = runs.remove(new RunId(run.key(), run.id()));
    if (observation == null) {
      return;
    }
    observation
        .lowCardinalityKeyValue("state", MeteredSync.lower(run.state()))
        .lowCardinalityKeyValue("failure_kind", MeteredSync.lower(run.failureKind()));
    if (run.state() == Run.State.FAILED) {
      observation.error(
          new FailedObservation("run failed: " + MeteredSync.lower(run.failureKind())));
    }
    observation.stop();
  }

  @Override
  public void requestStarted(RequestAttempt request) {
    Observation observation =
        Observation.createNotStarted("corpusync.trace.request", registry)
            .contextualName("corpusync " + request.method())
            .lowCardinalityKeyValue("method", request.method())
            .lowCardinalityKeyValue("status", NONE)
            .lowCardinalityKeyValue("failure", NONE)
            .lowCardinalityKeyValue("attempt", MeteredSync.attempt(request))
            .highCardinalityKeyValue("tenant", request.connection().tenant())
            .highCardinalityKeyValue("connection", request.connection().id())
            .highCardinalityKeyValue("host", request.host());
    request
        .run()
        .ifPresent(
            run -> {
              observation.highCardinalityKeyValue("run", run);
              Observation parent = runs.get(new RunId(request.connection(), run));
              if (parent != null) {
                observation.parentObservation(parent);
              }
            });
    requests.set(observation.start());
  }

  @Override
  public void requestEnded(RequestEvent event) {
    Observation observation = requests.get();
    if (observation == null) {
      return;
    }
    requests.remove();
    String status = MeteredSync.status(event);
    String failure = MeteredSync.failure(event);
    observation.lowCardinalityKeyValue("status", status).lowCardinalityKeyValue("failure", failure);
    if (event.failure().isPresent()) {
      observation.error(new FailedObservation("no answer: " + failure));
    } else if (event.status().orElse(0) >= 400) {
      observation.error(new FailedObservation("status " + status));
    }
    observation.stop();
  }

  /** Marks an observation as an error; has no stack, since nothing was thrown here. */
  private static final class FailedObservation extends Exception {
    private static final long serialVersionUID = 1L;

    FailedObservation(String why) {
      super(why, null, false, false);
    }
  }
}
