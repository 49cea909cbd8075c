package dev.corpusync.testkit.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The search for leaks reads every text of a run and of a connection, whatever is printed of it.
 */
class StoreDumpTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Account WHO =
      new Account("an-id", "a-name", "a-site", Set.of("a-scope"), Set.of("a-key"));
  private static final Connection CONNECTION =
      new Connection(
          KEY,
          "a-connector",
          "a-generation",
          Settings.stored(Map.of("field", "a-setting")),
          Connection.State.ACTIVE,
          Optional.of(WHO));
  private static final Run RUN =
      Run.builder(KEY, "a-run")
          .trigger(Run.Trigger.SYNC)
          .state(Run.State.FAILED)
          .started(NOW)
          .ended(NOW)
          .message("a-message")
          .round("a-round")
          .build();

  private static String dump() {
    try (Store store = MemoryStore.open()) {
      store.connections().create(CONNECTION);
      Fence fence = store.leases().tryAcquire(KEY, NOW, NOW.plusSeconds(60)).orElseThrow();
      store.commit(Commit.under(fence, RUN.id()).record(RUN).build());
      return StoreDump.of(store, KEY, StoreSnapshot.of(store, KEY, List.of()));
    }
  }

  private static Stream<String> textsOf(Object value) {
    return Arrays.stream(value.getClass().getMethods())
        .filter(m -> m.getParameterCount() == 0 && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getReturnType() == String.class && !m.getName().equals("toString"))
        .map(m -> text(m, value));
  }

  private static String text(Method accessor, Object value) {
    try {
      return (String) accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void every_text_of_a_run_is_there() {
    assertThat(textsOf(RUN)).contains("a-message").allSatisfy(t -> assertThat(dump()).contains(t));
  }

  @Test
  void every_text_of_a_connection_and_of_its_account_is_there() {
    assertThat(Stream.concat(textsOf(CONNECTION), textsOf(WHO)))
        .contains("a-connector", "a-name")
        .allSatisfy(t -> assertThat(dump()).contains(t));
    assertThat(dump()).contains("a-setting", "a-scope", "a-key");
  }
}
