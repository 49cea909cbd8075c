package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectionExistsException;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A connection outlives a release of its connector that asks for more. */
class UpgradeTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "wiki");
  private static final Setting<String> TEAM = Setting.text("team", "Team");
  private static final Setting<Long> DEPTH = Setting.number("depth", "Depth").withDefault(" 3 ");

  @Test
  void a_new_field_with_a_default_changes_no_connection() {
    Store store = MemoryStore.open();
    Connection before = connect(store, Map.of("team", "red"), TEAM);
    Connection after = connect(store, Map.of("team", "red"), TEAM, DEPTH);

    assertThat(after).isEqualTo(before);
    assertThat(after.settings().get(DEPTH)).isEqualTo(3);
    assertThatThrownBy(() -> connect(store, Map.of("team", "red", "depth", "4"), TEAM, DEPTH))
        .isInstanceOf(ConnectionExistsException.class)
        .hasMessageContaining("other settings");
  }

  private static Connection connect(Store store, Map<String, String> given, Setting<?>... fields) {
    try (Corpusync engine = Corpusync.builder(store).connector(new Wiki(fields)).build()) {
      return engine.connect(KEY, "wiki", given, () -> Secret.of("t0ken"));
    }
  }

  private record Wiki(Setting<?>... fields) implements Connector {
    @Override
    public Descriptor descriptor() {
      return Descriptor.of("wiki", "Wiki", "https://wiki.example").settings(fields).build();
    }

    @Override
    public List<Stream> streams() {
      return List.of();
    }
  }
}
