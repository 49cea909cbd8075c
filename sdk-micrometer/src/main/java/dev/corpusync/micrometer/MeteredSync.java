package dev.corpusync.micrometer;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Counts;
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
 * Tells a registry how syncs get on: give it to {@code CorpusyncBuilder.listener}.
 *
 * <ul>
 *   <li>{@code corpusync.run}, a timer by {@code trigger}, {@code state} and {@code failure_kind}
 *   <li>{@code corpusync.runs.active}, a gauge
 *   <li>{@code corpusync.records}, a counter by {@code outcome}: stored, unchanged, hidden, failed,
 *       deleted
 *   <li>{@code corpusync.events}, {@code corpusync.requests} and {@code corpusync.notices},
 *       counters
 * </ul>
 *
 * Tenants and connections are no tags, since there may be many. Safe for many threads.
 */
public final class MeteredSync implements RunListener {
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
   * What is new since the last page; partitions report side by side, so an older sum may come late.
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

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
