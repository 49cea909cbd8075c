package dev.corpusync.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The meters after real runs over real sockets. */
class MeteredSyncTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "notes");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private long attempts(String status, String failure, String attempt) {
    return registry
        .get("corpusync.request.attempts")
        .tags("method", "GET", "status", status, "failure", failure, "attempt", attempt)
        .timer()
        .count();
  }

  @Test
  void records_runs_and_requests_are_metered() {
    String page =
        "{\"data\":[{\"id\":1,\"shared\":true},{\"id\":2,\"shared\":true},{\"id\":3}],\"next\":null}";
    MeteredSync metered = new MeteredSync(registry);
    try (FakeServer api = FakeServer.serving(request -> Optional.of(FakeReply.json(page)));
        Store store = MemoryStore.open();
        Corpusync corpusync =
            Corpusync.builder(store)
                .connector(new Notes())
                .listener(metered)
                .requestListener(metered)
                .time(new VirtualTime())
                .random(new Random(1))
                .build()) {
      corpusync.connect(
          KEY, "notes", Map.of("base_url", api.url().toString()), () -> Secret.of("t"));
      corpusync.sync(KEY);
      api.fault(2, Fault.status(503));
      corpusync.sync(KEY);
      api.faultAlways(Fault.status(401));
      assertThat(corpusync.sync(KEY).state()).isEqualTo(Run.State.FAILED);
    }

    assertThat(count("corpusync.records", "outcome", "stored")).isEqualTo(2);
    assertThat(count("corpusync.records", "outcome", "unchanged")).isEqualTo(2);
    assertThat(count("corpusync.records", "outcome", "hidden")).isEqualTo(2);
    assertThat(count("corpusync.events")).isEqualTo(2);
    assertThat(count("corpusync.requests")).isGreaterThanOrEqualTo(2);
    assertThat(registry.get("corpusync.run").tag("state", "succeeded").timer().count())
        .isEqualTo(2);
    assertThat(
            registry
                .get("corpusync.run")
                .tags("state", "failed", "failure_kind", "authorisation")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(attempts("200", "none", "first")).isEqualTo(1);
    assertThat(attempts("503", "none", "first")).isEqualTo(1);
    assertThat(attempts("200", "none", "repeated")).isEqualTo(1);
    assertThat(attempts("401", "none", "first")).isEqualTo(1);
    assertThat(registry.get("corpusync.runs.active").gauge().value()).isZero();
    assertThat(registry.getMeters().stream().flatMap(m -> m.getId().getTags().stream()))
        .as("tenants, connections and hosts are no tags")
        .noneMatch(tag -> tag.getValue().contains("acme") || tag.getValue().contains("127.0.0.1"));
  }
}
