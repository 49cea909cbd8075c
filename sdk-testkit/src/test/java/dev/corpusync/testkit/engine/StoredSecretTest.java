package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.VaultMissingException;
import dev.corpusync.store.Secrets;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that was given once, and is kept sealed in the store. */
class StoredSecretTest {
  private final Bench bench = new Bench();
  @TempDir Path folder;
  private Path keyFile;

  @BeforeEach
  void makeKey() {
    keyFile = folder.resolve("corpusync.keys");
    SealingKey.generate().appendTo(keyFile);
    bench.ticket("t1", "text");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private CorpusyncBuilder plain() {
    return bench.builder("bench", new Tickets());
  }

  private Corpusync engine() {
    return plain().vault(KeyProvider.file(keyFile)).build();
  }

  private void connect(Corpusync engine, String secret) {
    engine.connect(KEY, "bench", settings(), Secret.of(secret));
  }

  private Map<String, String> settings() {
    return Map.of("base_url", bench.server.url().toString());
  }

  private List<Secrets.Sealed> sealed() {
    return bench.store.secrets().sealedByOthers("", 10);
  }

  private Optional<String> sent() {
    return bench.authorization;
  }

  @Test
  void a_secret_that_is_given_once_serves_every_process_after() {
    try (Corpusync engine = engine()) {
      connect(engine, "given-once");
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    }
    try (Corpusync later = engine()) {
      assertThat(later.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(sent()).contains("Bearer given-once");
    }
  }

  @Test
  void a_new_secret_replaces_the_old_one_in_other_processes_too() {
    try (Corpusync engine = engine();
        Corpusync other = engine()) {
      connect(engine, "first");
      other.sync(KEY);
      assertThat(sent()).contains("Bearer first");
      connect(engine, "second");
      other.sync(KEY);
      assertThat(sent()).contains("Bearer second");
      assertThat(sealed()).hasSize(1);
    }
  }

  @Test
  void a_supplier_of_the_host_goes_first_and_stores_nothing() {
    try (Corpusync engine = engine()) {
      engine.connect(KEY, "bench", settings(), () -> Secret.of("supplied"));
      engine.sync(KEY);
      assertThat(sent()).contains("Bearer supplied");
      assertThat(sealed()).isEmpty();
      connect(engine, "stored");
      engine.sync(KEY);
      assertThat(sent()).contains("Bearer stored");
    }
  }

  @Test
  void without_keys_nothing_is_stored_and_nothing_is_changed() {
    try (Corpusync engine = plain().build()) {
      assertThatThrownBy(() -> connect(engine, "s3cret"))
          .isInstanceOf(VaultMissingException.class)
          .hasMessageContaining("storing the secret of connection 'acme/main'")
          .hasMessageContaining("KeyProvider")
          .hasMessageNotContaining("s3cret");
      assertThat(bench.store.connections().find(KEY)).isEmpty();
      assertThat(sealed()).isEmpty();
    }
  }

  @Test
  void an_engine_without_keys_refuses_to_start_on_a_store_with_secrets() {
    try (Corpusync engine = engine()) {
      connect(engine, "s3cret");
    }
    String id = KeyProvider.file(keyFile).current().id();
    CorpusyncBuilder without = plain();
    assertThatThrownBy(without::build)
        .isInstanceOf(VaultMissingException.class)
        .hasMessageContaining("vault")
        .hasMessageContaining("'" + id + "'");
  }

  @Test
  void a_wrong_key_fails_the_run_by_its_id_and_connecting_again_heals() {
    try (Corpusync engine = engine()) {
      connect(engine, "s3cret");
      engine.sync(KEY);
    }
    String old = KeyProvider.file(keyFile).current().id();
    keyFile = folder.resolve("other.keys");
    SealingKey.generate().appendTo(keyFile);
    int before = bench.server.count();
    try (Corpusync engine = engine()) {
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.FAILED);
      assertThat(run.message())
          .contains("was sealed with the key '" + old + "'")
          .contains("connect again")
          .doesNotContain("s3cret");
      assertThat(bench.server.count()).as("nothing was asked").isEqualTo(before);
      assertThat(bench.store.corpus().documents(KEY, List.of(Tickets.TICKET.ref("t1"))))
          .as("nothing was deleted")
          .hasSize(1);
      connect(engine, "newer");
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void keys_change_while_the_engine_runs() {
    try (Corpusync engine = engine()) {
      KeyProvider keys = KeyProvider.file(keyFile);
      String old = keys.current().id();
      connect(engine, "s3cret");
      SealingKey newer = SealingKey.generate();
      newer.appendTo(keyFile);
      assertThat(engine.sync(KEY).state()).as("sealed with the old one").isEqualTo(State.SUCCEEDED);
      Vault vault = Vault.of(bench.store.secrets(), keys);
      assertThat(vault.reseal(10)).isEqualTo(1);
      assertThat(vault.reseal(10)).isZero();
      assertThat(sealed()).extracting(Secrets.Sealed::keyId).containsExactly(newer.id());
      assertThat(old).isNotEqualTo(newer.id());
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      keyFile = folder.resolve("new only.keys");
      newer.appendTo(keyFile);
    }
    try (Corpusync engine = engine()) {
      assertThat(engine.sync(KEY).state()).as("without the old one").isEqualTo(State.SUCCEEDED);
      assertThat(sent()).contains("Bearer s3cret");
    }
  }

  @Test
  void other_settings_are_refused_before_the_secret_is_replaced() {
    try (Corpusync engine = engine()) {
      connect(engine, "mine");
      assertThatThrownBy(
              () ->
                  engine.connect(
                      KEY, "bench", Map.of("base_url", "https://b.example"), Secret.of("x")))
          .hasMessageContaining("other settings");
      engine.sync(KEY);
      assertThat(sent()).contains("Bearer mine");
    }
  }

  @Test
  void disconnecting_erases_what_an_unfinished_connection_left() {
    ConnectionKey begun = new ConnectionKey("acme", "begun");
    bench.store.secrets().replace(begun, "state", 0, "k1", new byte[] {1});
    try (Corpusync engine = engine()) {
      connect(engine, "s3cret");
      engine.disconnect(begun);
      assertThat(sealed()).extracting(Secrets.Sealed::key).containsExactly(KEY);
      engine.disconnect(KEY);
      assertThat(sealed()).isEmpty();
      assertThatThrownBy(() -> engine.sync(KEY)).hasMessageContaining("does not exist");
      connect(engine, "again");
      engine.sync(KEY);
      assertThat(sent()).contains("Bearer again");
    }
  }

  @Test
  void a_connection_whose_secret_never_arrived_says_so() {
    try (Corpusync engine = engine()) {
      connect(engine, "s3cret");
      bench.store.secrets().erase(KEY);
      assertThatThrownBy(() -> engine.sync(KEY))
          .isInstanceOf(CredentialsMissingException.class)
          .hasMessageContaining("none are stored");
    }
  }
}
