package dev.corpusync.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The observations after real runs over real sockets. */
class TracedSyncTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "notes");
  private static final String PAGE = "{\"data\":[{\"id\":1,\"shared\":true}],\"next\":null}";

  /** Keeps every observation that was stopped. */
  private static final class Stopped implements ObservationHandler<Observation.Context> {
    private final List<Observation.Context> all = new CopyOnWriteArrayList<>();

    @Override
    public void onStop(Observation.Context context) {
      all.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    List<Observation.Context> named(String name) {
      return all.stream().filter(c -> c.getName().equals(name)).toList();
    }
  }

  private final Stopped stopped = new Stopped();

  private void sync(Fault... faults) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(stopped);
    TracedSync traced = new TracedSync(registry);
    try (FakeServer api = FakeServer.serving(request -> Optional.of(FakeReply.json(PAGE)));
        Store store = MemoryStore.open();
        Corpusync corpusync =
            Corpusync.builder(store)
                .connector(new Notes())
                .listener(traced)
                .requestListener(traced)
                .time(new VirtualTime())
                .random(new Random(1))
                .build()) {
      corpusync.connect(
          KEY, "notes", Map.of("base_url", api.url().toString()), () -> Secret.of("t"));
      for (int i = 0; i < faults.length; i++) {
        api.fault(i + 1, faults[i]);
      }
      corpusync.sync(KEY);
    }
  }

  private static String low(Observation.Context context) {
    return context.getLowCardinalityKeyValues().stream()
        .map(kv -> kv.getKey() + "=" + kv.getValue())
        .sorted()
        .toList()
        .toString();
  }

  @Test
  void a_run_and_its_requests_are_observed_and_belong_together() {
    sync(Fault.status(503));
    assertThat(stopped.named("corpusync.trace.run"))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(low(run)).isEqualTo("[failure_kind=none, state=succeeded, trigger=sync]");
              assertThat(run.getError()).isNull();
            });
    assertThat(stopped.named("corpusync.trace.request"))
        .extracting(TracedSyncTest::low)
        .containsExactly(
            "[attempt=first, failure=none, method=GET, status=503]",
            "[attempt=repeated, failure=none, method=GET, status=200]");
    assertThat(stopped.named("corpusync.trace.request"))
        .allSatisfy(
            request -> {
              assertThat(request.getParentObservation()).isNotNull();
              assertThat(request.getParentObservation().getContextView().getName())
                  .isEqualTo("corpusync.trace.run");
              assertThat(request.getHighCardinalityKeyValue("host").getValue())
                  .isEqualTo("127.0.0.1");
            });
  }

  @Test
  void a_failed_run_and_a_refused_request_are_errors() {
    sync(Fault.status(401));
    assertThat(stopped.named("corpusync.trace.run"))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(low(run))
                  .isEqualTo("[failure_kind=authorisation, state=failed, trigger=sync]");
              assertThat(run.getError()).hasMessage("run failed: authorisation");
            });
    assertThat(stopped.named("corpusync.trace.request"))
        .singleElement()
        .satisfies(request -> assertThat(request.getError()).hasMessage("status 401"));
  }

  @Test
  void a_request_without_an_answer_names_the_kind_of_failure() {
    sync(Fault.reset());
    assertThat(stopped.named("corpusync.trace.request").get(0))
        .satisfies(
            request -> {
              assertThat(low(request))
                  .isEqualTo("[attempt=first, failure=connection_lost, method=GET, status=none]");
              assertThat(request.getError()).hasMessage("no answer: connection_lost");
            });
  }

  @Test
  void neither_path_nor_content_nor_secret_is_passed_on() {
    sync();
    assertThat(stopped.all)
        .allSatisfy(
            context ->
                assertThat(context.getAllKeyValues().toString())
                    .doesNotContain("/notes?", "Bearer", "shared"));
  }
}
