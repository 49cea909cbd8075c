package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** From Java 21 on a host may give an executor of virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "rooms");

  // The library is compiled for 17, which knows neither.
  private static ExecutorService virtual() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  @Test
  void partitions_are_read_side_by_side_on_the_host_s_virtual_threads() throws Exception {
    Method isVirtual = Thread.class.getMethod("isVirtual");
    Map<String, String> answers = Rooms.answers();
    CountDownLatch together = new CountDownLatch(3);
    List<Boolean> onVirtual = new CopyOnWriteArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void pageCommitted(ConnectionKey key, Scope scope, Counts counts) {
            try {
              if (scope.stream().equals(Rooms.NOTE)) {
                onVirtual.add((Boolean) isVirtual.invoke(Thread.currentThread()));
              }
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try (Store store = MemoryStore.open();
        FakeServer server =
            FakeServer.serving(
                request -> {
                  if (request.path().endsWith("/notes")) {
                    together.countDown();
                    meet(together);
                  }
                  return Optional.ofNullable(answers.get(request.path())).map(FakeReply::json);
                })) {
      ExecutorService threads = virtual();
      try (Corpusync engine =
          Corpusync.builder(store)
              .connector(new Rooms())
              .executor(threads)
              .listener(listener)
              .parallelism(3)
              .build()) {
        engine.connect(
            KEY,
            "rooms",
            Map.of("base_url", server.url().toString(), "rooms", "a,b,c", "topic", "old"),
            () -> Secret.of("a-t0ken"));
        Run run = engine.sync(KEY);
        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.counts().stored()).isEqualTo(3 + 6 + 2);
      }
      assertThat(together.getCount()).as("requests of notes that did not meet").isZero();
      assertThat(onVirtual).hasSize(3).contains(true);
      assertThat(threads.isShutdown()).as("the executor stays the host's").isFalse();
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void meet(CountDownLatch together) {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
