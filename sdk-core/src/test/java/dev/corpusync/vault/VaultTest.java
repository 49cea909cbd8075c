package dev.corpusync.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.InvalidIdentifierException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Secrets;
import dev.corpusync.vault.Vault.Kept;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept can be opened with the host's key, at its own place, unchanged; never otherwise. */
class VaultTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "crm");
  private static final String PLAIN = "s3cret & ünïcode ✓";
  private final Secrets secrets = MemoryStore.open().secrets();
  private final Keys keys = new Keys();
  private final Vault vault = Vault.of(secrets, keys);

  /** The last one added is current. */
  private static final class Keys implements KeyProvider {
    final Map<String, SealingKey> known = new ConcurrentHashMap<>();
    volatile String current = "";

    Keys() {
      add("k1", 1);
    }

    void add(String id, int fill) {
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, (byte) fill);
      known.put(id, SealingKey.of(id, bytes));
      current = id;
    }

    @Override
    public SealingKey current() {
      return find(current).orElseThrow();
    }

    @Override
    public Optional<SealingKey> find(String id) {
      return Optional.ofNullable(known.get(id));
    }
  }

  private String kept(String field) {
    return vault.find(KEY, field).map(Kept::secret).map(Secret::reveal).orElse("");
  }

  private void keep(String field, String value) {
    long seen = vault.find(KEY, field).map(Kept::version).orElse(0L);
    assertThat(vault.replace(KEY, field, seen, Secret.of(value))).contains(seen + 1);
  }

  @Test
  void what_is_kept_comes_back_and_is_not_there_in_plain() {
    keep("token", PLAIN);
    assertThat(kept("token")).isEqualTo(PLAIN);
    byte[] stored = secrets.find(KEY, "token").orElseThrow().bytes();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
  }

  @Test
  void sealing_the_same_twice_gives_different_bytes() {
    keep("a", PLAIN);
    byte[] first = secrets.find(KEY, "a").orElseThrow().bytes();
    keep("a", PLAIN);
    assertThat(secrets.find(KEY, "a").orElseThrow().bytes()).isNotEqualTo(first);
  }

  @Test
  void a_value_that_is_copied_to_another_place_cannot_be_opened_there() {
    keep("token", PLAIN);
    byte[] bytes = secrets.find(KEY, "token").orElseThrow().bytes();
    for (ConnectionKey elsewhere :
        new ConnectionKey[] {new ConnectionKey("acme", "crm2"), new ConnectionKey("evil", "crm")}) {
      secrets.replace(elsewhere, "token", 0, "k1", bytes);
      assertThatThrownBy(() -> vault.find(elsewhere, "token"))
          .isInstanceOf(SecretUnreadableException.class);
    }
    secrets.replace(KEY, "token2", 0, "k1", bytes);
    assertThatThrownBy(() -> vault.find(KEY, "token2"))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void a_value_with_any_bit_changed_or_cut_anywhere_cannot_be_opened() {
    keep("token", PLAIN);
    byte[] bytes = secrets.find(KEY, "token").orElseThrow().bytes();
    IntStream.range(0, bytes.length)
        .forEach(
            i -> {
              byte[] changed = bytes.clone();
              changed[i] ^= 1;
              refused(changed);
              refused(Arrays.copyOf(bytes, i));
            });
  }

  private void refused(byte[] bytes) {
    long seen = secrets.find(KEY, "token").orElseThrow().version();
    secrets.replace(KEY, "token", seen, "k1", bytes);
    assertThatThrownBy(() -> vault.find(KEY, "token"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("acme/crm")
        .hasMessageContaining("k1")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void a_missing_key_and_another_key_of_the_same_name_are_said() {
    keep("token", PLAIN);
    keys.add("k1", 9);
    assertThatThrownBy(() -> vault.find(KEY, "token"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("another key");
    keys.known.remove("k1");
    keys.add("k2", 2);
    assertThatThrownBy(() -> vault.find(KEY, "token"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("does not have")
        .hasMessageContaining("'k1'");
  }

  @Test
  void the_key_can_be_changed_while_running() {
    IntStream.range(0, 25).forEach(i -> keep("f" + i, "v" + i));
    keys.add("k2", 2);
    keep("f3", "newer");
    assertThat(kept("f4")).as("before it is sealed again").isEqualTo("v4");
    int resealed = 0;
    for (int done = vault.reseal(10); done > 0; done = vault.reseal(10)) {
      resealed += done;
    }
    assertThat(resealed).isEqualTo(24);
    keys.known.remove("k1");
    assertThat(kept("f4")).isEqualTo("v4");
    assertThat(kept("f3")).isEqualTo("newer");
  }

  @Test
  void no_write_is_lost_while_everything_is_sealed_again() throws Exception {
    IntStream.range(0, 4).forEach(i -> keep("f" + i, "0"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String field = "f" + i;
        writers.add(threads.submit(() -> IntStream.range(0, 200).forEach(n -> add(field))));
      }
      for (int round = 2; round < 30; round++) {
        keys.add("k" + round, round);
        vault.reseal(10);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    IntStream.range(0, 4).forEach(i -> assertThat(kept("f" + i)).isEqualTo("200"));
    vault.reseal(10);
    assertThat(vault.reseal(10)).isZero();
  }

  private void add(String field) {
    Optional<Long> written = Optional.empty();
    while (written.isEmpty()) {
      Kept seen = vault.find(KEY, field).orElseThrow();
      int sum = Integer.parseInt(seen.secret().reveal()) + 1;
      written = vault.replace(KEY, field, seen.version(), Secret.of("" + sum));
    }
  }

  @Test
  void what_cannot_be_opened_does_not_keep_the_others_from_being_sealed_again() {
    IntStream.range(0, 9).forEach(i -> keep("f" + i, "v" + i));
    secrets.replace(KEY, "f4", 1, "k1", new byte[40]);
    keys.add("k2", 2);
    assertThatThrownBy(() -> vault.reseal(10))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("acme/crm");
    assertThat(secrets.sealedByOthers("k2", 10)).extracting(s -> s.field()).containsExactly("f4");
    vault.put(KEY, "f4", Secret.of("given again"));
    assertThat(vault.reseal(10)).isZero();
    assertThat(kept("f4")).isEqualTo("given again");
  }

  @Test
  void a_secret_that_is_put_goes_over_any_other() {
    long first = vault.put(KEY, "token", Secret.of("1"));
    assertThat(vault.put(KEY, "token", Secret.of("2"))).isGreaterThan(first);
    assertThat(kept("token")).isEqualTo("2");
  }

  @Test
  void a_place_that_no_store_can_spell_is_refused_and_finds_no_other() {
    assertThatThrownBy(() -> new ConnectionKey("ac\u0000me", "crm"))
        .isInstanceOf(InvalidIdentifierException.class);
    vault.put(KEY, "to\ufffdken", Secret.of(PLAIN));
    assertThatThrownBy(() -> vault.put(KEY, "to\u0000ken", Secret.of("other")))
        .isInstanceOf(InvalidIdentifierException.class);
    assertThatThrownBy(() -> vault.find(KEY, "to\u0000ken"))
        .isInstanceOf(InvalidIdentifierException.class);
    assertThat(kept("to\ufffdken")).isEqualTo(PLAIN);
  }

  @Test
  void who_has_seen_an_older_version_writes_nothing() {
    keep("token", "1");
    assertThat(vault.replace(KEY, "token", 0, Secret.of("x"))).isEmpty();
    keep("token", "2");
    assertThat(vault.replace(KEY, "token", 1, Secret.of("x"))).isEmpty();
    assertThat(vault.remove(KEY, "token", 1)).isFalse();
    assertThat(kept("token")).isEqualTo("2");
    assertThat(vault.remove(KEY, "token", 2)).isTrue();
    assertThat(vault.remove(KEY, "token", 2)).isFalse();
  }

  @Test
  void keys_and_what_holds_them_cannot_be_printed() {
    assertThat(keys.current()).hasToString("SealingKey k1");
    keep("token", PLAIN);
    assertThat(vault.find(KEY, "token").orElseThrow().toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> SealingKey.of("short", new byte[16]))
        .hasMessageContaining("'short' has 16 bytes");
  }

  private static SecretOrigin origin(String... addresses) {
    return SecretOrigin.of(Arrays.stream(addresses).map(URI::create).toList());
  }

  @Test
  void a_secret_is_opened_for_the_origins_that_it_was_given_for_and_no_others() {
    SecretOrigin given = origin("https://api.example/v2", "https://ID.example:8443/token");
    vault.put(KEY, "token", given, Secret.of(PLAIN));
    SecretOrigin same = origin("https://id.example:8443", "https://API.example:443/");
    assertThat(vault.find(KEY, "token", same).map(k -> k.secret().reveal())).contains(PLAIN);
    for (SecretOrigin other :
        List.of(
            SecretOrigin.NONE,
            origin("https://api.example"),
            origin("http://api.example", "https://id.example:8443"),
            origin("https://api.example:444", "https://id.example:8443"),
            origin("https://api.example.evil", "https://id.example:8443"))) {
      assertThatThrownBy(() -> vault.find(KEY, "token", other))
          .isInstanceOf(CredentialsMissingException.class)
          .hasMessageContaining("another address");
    }
    assertThatThrownBy(() -> vault.find(KEY, "token"))
        .isInstanceOf(CredentialsMissingException.class);
    keep("none", PLAIN);
    assertThatThrownBy(() -> vault.find(KEY, "none", given))
        .isInstanceOf(CredentialsMissingException.class);
  }

  @Test
  void origins_stay_when_the_key_is_changed_and_are_given_to_what_has_none() {
    SecretOrigin given = origin("https://api.example");
    vault.put(KEY, "bound", given, Secret.of(PLAIN));
    byte[] plain = PLAIN.getBytes(StandardCharsets.UTF_8);
    byte[] earlier =
        new Seal().close(keys.current(), Seal.PLAIN, Vault.place(KEY, "earlier"), plain);
    secrets.replace(KEY, "earlier", 0, "k1", earlier);
    keys.add("k2", 2);
    assertThat(vault.reseal(10)).isEqualTo(2);
    assertThat(vault.find(KEY, "bound", given)).isPresent();
    assertThat(vault.find(KEY, "earlier").map(k -> k.secret().reveal()))
        .as("it is not bound to nowhere")
        .contains(PLAIN);
    assertThat(vault.find(KEY, "earlier", given).map(k -> k.secret().reveal())).contains(PLAIN);
    assertThatThrownBy(() -> vault.find(KEY, "earlier", origin("https://other.example")))
        .isInstanceOf(CredentialsMissingException.class);
  }

  @Test
  void a_sealed_value_cannot_be_passed_off_as_one_of_an_earlier_version() {
    vault.put(KEY, "token", origin("https://api.example"), Secret.of(PLAIN));
    Secrets.Sealed sealed = secrets.find(KEY, "token").orElseThrow();
    byte[] bytes = sealed.bytes();
    bytes[0] = Seal.PLAIN;
    secrets.replace(KEY, "token", sealed.version(), sealed.keyId(), bytes);
    assertThatThrownBy(() -> vault.find(KEY, "token", origin("https://evil.example")))
        .isInstanceOf(SecretUnreadableException.class);
  }
}
