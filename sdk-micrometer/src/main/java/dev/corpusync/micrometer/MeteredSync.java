package dev.corpusync.micrometer;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.RequestAttempt;
import dev.corpusync.sync.RequestEvent;
import dev.corpusync.sync.RequestListener;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records meters of runs and HTTP requests in a Micrometer registry. Give it to {@code
 * CorpusyncBuilder.listener} and, for the meters of requests, to {@code
 * CorpusyncBuilder.requestListener}.
 *
 * <ul>
 *   <li>{@code corpusync.run}, a timer by {@code trigger}, {@code state} and {@code failure_kind}
 *   <li>{@code corpusync.runs.active}, a gauge
 *   <li>{@code corpusync.records}, a counter by {@code outcome}: stored, unchanged, hidden, failed,
 *       deleted
 *   <li>{@code corpusync.events}, {@code corpusync.requests} and {@code corpusync.notices},
 *       counters
 *   <li>{@code corpusync.request.attempts}, a timer by {@code method}, {@code status}, {@code
 *       failure} and {@code attempt} (first, repeated): every HTTP request, retries and redirects
 *       included, where {@code corpusync.requests} counts calls
 * </ul>
 *
 * Tenants, connections and hosts are no tags, since there may be many. Safe for many threads.
 *
 * @since 0.1
 */
public final class MeteredSync implements RunListener, RequestListener {
  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();
  private final Map<ConnectionKey, Counts> counted = new ConcurrentHashMap<>();

  public MeteredSync(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("corpusync.runs.active", active);
  }

  @Override
  public void runStarted(Run run) {
    active.incrementAndGet();
    counted.put(run.key(), Counts.ZERO);
  }

  @Override
  public void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
    count(key, soFar);
  }

  @Override
  public void noticed(ConnectionKey key, String what) {
    registry.counter("corpusync.notices").increment();
  }

  @Override
  public void runEnded(Run run) {
    count(run.key(), run.counts());
    counted.remove(run.key());
    active.decrementAndGet();
    run.ended()
        .ifPresent(
            ended ->
                registry
                    .timer(
                        "corpusync.run",
                        Tags.of("trigger", lower(run.trigger()))
                            .and("state", lower(run.state()))
                            .and("failure_kind", lower(run.failureKind())))
                    .record(Duration.between(run.started(), ended)));
  }

  /**
   * Counts what was added since the last page. Partitions report in parallel, so an older sum may
   * come late.
   */
  private void count(ConnectionKey key, Counts soFar) {
    counted.computeIfPresent(
        key,
        (k, before) -> {
          if (soFar.requests() < before.requests() || soFar.seen() < before.seen()) {
            return before;
          }
          records("stored", soFar.stored() - before.stored());
          records("unchanged", soFar.unchanged() - before.unchanged());
          records("hidden", soFar.hidden() - before.hidden());
          records("failed", soFar.failed() - before.failed());
          records("deleted", soFar.deleted() - before.deleted());
          registry.counter("corpusync.events").increment(soFar.events() - before.events());
          registry.counter("corpusync.requests").increment(soFar.requests() - before.requests());
          return soFar;
        });
  }

  private void records(String outcome, long more) {
    registry.counter("corpusync.records", "outcome", outcome).increment(more);
  }

  @Override
  public void requestEnded(RequestEvent event) {
    registry
        .timer(
            "corpusync.request.attempts",
            Tags.of("method", event.method())
                .and("status", status(event))
                .and("failure", failure(event))
                .and("attempt", attempt(event.request())))
        .record(event.duration());
  }

  /** The status as text, or "none". */
  static String status(RequestEvent event) {
    return event.status().isPresent() ? Integer.toString(event.status().getAsInt()) : "none";
  }

  /** The kind of failure as text, or "none". */
  static String failure(RequestEvent event) {
    return event.failure().map(MeteredSync::lower).orElse("none");
  }

  /**
   * Whether it is the first attempt at a call, or a retry: a number would be another tag a retry.
   */
  static String attempt(RequestAttempt request) {
    return request.number() == 1 ? "first" : "repeated";
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
