package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.VaultMissingException;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.auth.SecretScanner;
import dev.corpusync.vault.KeyProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets among the settings: sealed in the vault, for the host alone, and nowhere else. */
class SecretSettingsTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "desk");
  private static final String FIRST = "first-secret-of-the-application";
  private static final String SECOND = "second-secret-of-the-application";
  private static final String HOOK = "secret-of-the-webhook-of-acme";
  private static final Setting<Secret> APPLICATION =
      Setting.password("application", "Secret of the application");
  private static final Setting<Boolean> LISTENS = Setting.checkbox("listens", "Webhook");
  private static final Setting<Secret> WEBHOOK =
      Setting.password("webhook", "Secret of the webhook").optional().shownIf(LISTENS, "true");
  private static final Setting<String> NOTE =
      Setting.text("note", "Note").optional().shownIf(APPLICATION);
  @TempDir private Path folder;
  private Store store;

  private static final class Desk implements Connector {
    @Override
    public Descriptor descriptor() {
      return Descriptor.of("desk", "Desk", "https://desk.example")
          .auth(AuthScheme.bearer())
          .settings(APPLICATION, LISTENS, WEBHOOK, NOTE)
          .build();
    }

    @Override
    public List<Stream> streams() {
      return List.of();
    }
  }

  @BeforeEach
  void open() {
    store = RelationalStore.sqlite(folder.resolve("corpus.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CorpusyncBuilder builder() {
    return Corpusync.builder(store).connector(new Desk());
  }

  private Corpusync engine() {
    return builder().vault(KeyProvider.development()).build();
  }

  private static Connection connect(Corpusync engine, Map<String, String> settings) {
    return engine.connect(KEY, "desk", settings, () -> Secret.of("token"));
  }

  private static Optional<String> kept(Corpusync engine, Setting<Secret> setting) {
    return engine.secret(KEY, setting).map(Secret::reveal);
  }

  private static Map<String, String> all() {
    return Map.of("application", FIRST, "listens", "true", "webhook", HOOK);
  }

  @Test
  void are_kept_for_the_host_and_nobody_else_can_read_them() throws IOException {
    try (Corpusync engine = engine()) {
      Connection made = connect(engine, all());
      assertThat(made.settings().values()).containsOnlyKeys("base_url", "listens");
      assertThat(kept(engine, APPLICATION)).contains(FIRST);
      assertThat(kept(engine, WEBHOOK)).contains(HOOK);
      assertThatThrownBy(() -> made.settings().get(APPLICATION))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("no connector reads");
    }
    try (Corpusync later = engine()) {
      assertThat(kept(later, APPLICATION)).contains(FIRST);
    }
    SecretScanner taint = new SecretScanner().canary("application", FIRST).canary("webhook", HOOK);
    SecretScanner control = new SecretScanner().canary("control", "https://desk.example");
    boolean read = false;
    for (String file : List.of("corpus.db", "corpus.db-wal")) {
      if (Files.exists(folder.resolve(file))) {
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        assertThat(taint.in(bytes)).as(file).isEmpty();
        read |= !control.in(bytes).isEmpty();
      }
    }
    assertThat(read).as("the settings themselves were found").isTrue();
  }

  @Test
  void need_not_be_given_again() {
    try (Corpusync engine = engine()) {
      assertThatThrownBy(() -> connect(engine, Map.of()))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("application")
          .hasMessageContaining("is required");
      assertThat(store.connections().find(KEY)).isEmpty();
      connect(engine, all());
      connect(engine, Map.of("listens", "true"));
      assertThat(kept(engine, APPLICATION)).contains(FIRST);
      assertThat(kept(engine, WEBHOOK)).contains(HOOK);
      Connection changed =
          engine.reconfigure(KEY, Map.of("listens", "true", "note", "a field for who has one"));
      assertThat(changed.settings().values()).containsEntry("note", "a field for who has one");
      assertThat(kept(engine, APPLICATION)).contains(FIRST);
    }
  }

  @Test
  void are_replaced_when_they_are_given_and_erased_when_they_are_not_asked_for() {
    try (Corpusync engine = engine()) {
      connect(engine, all());
      connect(engine, Map.of("application", SECOND, "listens", "true"));
      assertThat(kept(engine, APPLICATION)).as("connected again").contains(SECOND);
      engine.reconfigure(KEY, Map.of("application", FIRST, "listens", "true"));
      assertThat(kept(engine, APPLICATION)).as("nothing else changed").contains(FIRST);
      engine.reconfigure(KEY, Map.of("application", SECOND, "listens", "false"));
      assertThat(kept(engine, APPLICATION)).contains(SECOND);
      assertThat(kept(engine, WEBHOOK)).as("not asked for any more").isEmpty();
      engine.disconnect(KEY);
      assertThat(kept(engine, APPLICATION)).isEmpty();
      assertThat(store.secrets().sealedByOthers("", 10)).isEmpty();
    }
  }

  @Test
  void are_refused_where_they_cannot_be_kept() {
    try (Corpusync engine = builder().build()) {
      assertThatThrownBy(() -> connect(engine, all()))
          .isInstanceOf(VaultMissingException.class)
          .hasMessageContaining("application")
          .hasMessageContaining("vault")
          .hasMessageNotContaining(FIRST);
      assertThat(store.connections().find(KEY)).isEmpty();
    }
  }

  @Test
  void of_another_connection_are_not_touched() {
    ConnectionKey other = new ConnectionKey("acme", "other");
    Map<String, String> second = new HashMap<>(all());
    second.put("application", SECOND);
    try (Corpusync engine = engine()) {
      connect(engine, all());
      engine.connect(other, "desk", second, () -> Secret.of("token"));
      engine.disconnect(KEY);
      assertThat(engine.secret(other, APPLICATION).map(Secret::reveal)).contains(SECOND);
    }
  }
}
