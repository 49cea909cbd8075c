package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sealed values, who may replace them, and that nothing of them stays. */
abstract class SecretsContract extends ConcurrencyContract {
  private static final String FIELD = "token";
  private static final ConnectionKey UNMADE = new ConnectionKey("acme", "not yet");

  private Secrets secrets() {
    return store.secrets();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Optional<Long> keep(ConnectionKey key, String field, long seen, String value) {
    return secrets().replace(key, field, seen, "k1", bytes(value));
  }

  private String kept(ConnectionKey key, String field) {
    return secrets()
        .find(key, field)
        .map(s -> new String(s.bytes(), StandardCharsets.UTF_8))
        .orElse("none");
  }

  private long version(ConnectionKey key, String field) {
    return secrets().find(key, field).map(Secrets.Sealed::version).orElse(0L);
  }

  @Test
  void a_secret_is_kept_as_it_was_given_and_outlives_the_process() {
    byte[] any = new byte[70_000];
    for (int i = 0; i < any.length; i++) {
      any[i] = (byte) i;
    }
    long version = secrets().replace(KEY, "ünï/✓", 0, "k-1", any).orElseThrow();
    byte first = any[0];
    any[0]++;
    store = reopen(store);
    Secrets.Sealed found = secrets().find(KEY, "ünï/✓").orElseThrow();
    assertThat(found.key()).isEqualTo(KEY);
    assertThat(found.field()).isEqualTo("ünï/✓");
    assertThat(found.version()).isEqualTo(version).isPositive();
    assertThat(found.keyId()).isEqualTo("k-1");
    assertThat(found.bytes()).hasSize(70_000).startsWith(first, any[1], any[2]);
    found.bytes()[0]++;
    assertThat(secrets().find(KEY, "ünï/✓").orElseThrow().bytes()[0]).isEqualTo(first);
  }

  @Test
  void a_secret_belongs_to_one_tenant_one_connection_and_one_field() {
    keep(KEY, FIELD, 0, "mine");
    for (ConnectionKey other : List.of(OTHER, RIVAL, UNMADE, new ConnectionKey("ACME", "main"))) {
      assertThat(secrets().find(other, FIELD)).isEmpty();
      assertThat(keep(other, FIELD, 0, "theirs")).isPresent();
    }
    assertThat(secrets().find(KEY, "Token")).isEmpty();
    assertThat(kept(KEY, FIELD)).isEqualTo("mine");
    assertThat(kept(RIVAL, FIELD)).isEqualTo("theirs");
    assertThat(secrets().remove(RIVAL, FIELD, version(RIVAL, FIELD))).isTrue();
    secrets().erase(OTHER);
    assertThat(kept(KEY, FIELD)).isEqualTo("mine");
    assertThat(kept(UNMADE, FIELD)).isEqualTo("theirs");
  }

  @Test
  void only_who_has_seen_the_newest_version_replaces_it() {
    long first = keep(KEY, FIELD, 0, "1").orElseThrow();
    assertThat(keep(KEY, FIELD, 0, "x")).isEmpty();
    assertThat(keep(KEY, FIELD, first + 1, "x")).isEmpty();
    long second = keep(KEY, FIELD, first, "2").orElseThrow();
    assertThat(second).isGreaterThan(first);
    assertThat(keep(KEY, FIELD, first, "x")).isEmpty();
    assertThat(kept(KEY, FIELD)).isEqualTo("2");
    assertThat(version(KEY, FIELD)).isEqualTo(second);
    assertThat(keep(OTHER, FIELD, 1, "x")).as("over nothing").isEmpty();
    assertThat(secrets().find(OTHER, FIELD)).isEmpty();
  }

  @Test
  void a_secret_is_removed_once_and_only_by_who_has_seen_the_newest_version() {
    long first = keep(KEY, FIELD, 0, "1").orElseThrow();
    long second = keep(KEY, FIELD, first, "2").orElseThrow();
    assertThat(secrets().remove(KEY, FIELD, first)).isFalse();
    assertThat(kept(KEY, FIELD)).isEqualTo("2");
    assertThat(secrets().remove(KEY, FIELD, second)).isTrue();
    assertThat(secrets().remove(KEY, FIELD, second)).isFalse();
    assertThat(secrets().remove(KEY, FIELD, 0)).isFalse();
    assertThat(secrets().find(KEY, FIELD)).isEmpty();
  }

  @Test
  void who_has_seen_an_erased_secret_never_writes_over_the_one_that_came_after_it() {
    long seen = keep(KEY, FIELD, keep(KEY, FIELD, 0, "1").orElseThrow(), "2").orElseThrow();
    secrets().remove(KEY, FIELD, seen);
    long removed = keep(KEY, FIELD, 0, "after a removal").orElseThrow();
    assertThat(removed).isGreaterThan(seen);
    secrets().erase(KEY);
    store = reopen(store);
    long erased = keep(KEY, FIELD, 0, "after an erasure").orElseThrow();
    assertThat(erased).isGreaterThan(removed);
    store.connections().disconnect(KEY);
    store.connections().create(connection(KEY, "g2"));
    assertThat(keep(KEY, FIELD, 0, "of the new account").orElseThrow()).isGreaterThan(erased);
    assertThat(keep(KEY, FIELD, seen, "of the old account")).isEmpty();
    assertThat(keep(KEY, FIELD, erased, "of the old account")).isEmpty();
    assertThat(kept(KEY, FIELD)).isEqualTo("of the new account");
  }

  @Test
  void erasing_leaves_nothing_of_a_connection_and_can_be_repeated() {
    for (int i = 0; i < 5; i++) {
      keep(KEY, "f" + i, keep(KEY, "f" + i, 0, "x").orElseThrow(), "y");
      secrets().claim(KEY, "f" + i, "ann", T0, T0.plusSeconds(60));
    }
    keep(OTHER, "f0", 0, "stays");
    secrets().erase(KEY);
    secrets().erase(KEY);
    store = reopen(store);
    assertThat(secrets().sealedByOthers("", 10))
        .extracting(Secrets.Sealed::key)
        .containsExactly(OTHER);
    for (int i = 0; i < 5; i++) {
      assertThat(secrets().find(KEY, "f" + i)).isEmpty();
      assertThat(secrets().claim(KEY, "f" + i, "bob", T0, T0.plusSeconds(60))).isTrue();
    }
  }

  @Test
  void disconnecting_erases_the_secrets_of_exactly_this_connection() {
    for (ConnectionKey key : List.of(KEY, OTHER, RIVAL)) {
      keep(key, FIELD, 0, "x");
      keep(key, "second", 0, "x");
    }
    store.connections().disconnect(KEY);
    assertThat(secrets().find(KEY, FIELD)).isEmpty();
    assertThat(secrets().find(KEY, "second")).isEmpty();
    assertThat(secrets().sealedByOthers("", 10)).hasSize(4);
  }

  @Test
  void what_other_keys_have_sealed_is_listed_over_all_tenants() {
    secrets().replace(KEY, "a", 0, "k1", bytes("1"));
    secrets().replace(KEY, "b", 0, "k2", bytes("2"));
    secrets().replace(RIVAL, "a", 0, "k1", bytes("3"));
    secrets().replace(UNMADE, "a", 0, "K2", bytes("4"));
    assertThat(secrets().sealedByOthers("k2", 10))
        .extracting(s -> s.key() + " " + s.field() + " " + s.keyId() + " " + s.version())
        .containsExactlyInAnyOrder("acme/main a k1 1", "rival/main a k1 1", "acme/not yet a K2 1");
    assertThat(secrets().sealedByOthers("k2", 2)).hasSize(2);
    for (Secrets.Sealed old : secrets().sealedByOthers("k2", 10)) {
      secrets().replace(old.key(), old.field(), old.version(), "k2", old.bytes());
    }
    assertThat(secrets().sealedByOthers("k2", 10)).isEmpty();
    assertThat(kept(RIVAL, "a")).isEqualTo("3");
  }

  @Test
  void a_claim_lets_one_in_until_it_is_released_or_its_time_is_over() {
    Instant until = T0.plusSeconds(30);
    assertThat(secrets().claim(KEY, FIELD, "ann", T0, until)).isTrue();
    assertThat(secrets().claim(KEY, FIELD, "bob", T0.plusSeconds(29), until)).isFalse();
    assertThat(secrets().claim(KEY, "other", "bob", T0, until)).as("another field").isTrue();
    assertThat(secrets().claim(OTHER, FIELD, "bob", T0, until)).isTrue();
    assertThat(secrets().claim(RIVAL, FIELD, "bob", T0, until)).isTrue();
    secrets().release(KEY, FIELD, "bob");
    assertThat(secrets().claim(KEY, FIELD, "bob", T0, until)).as("released by another").isFalse();
    secrets().release(KEY, FIELD, "ann");
    assertThat(secrets().claim(KEY, FIELD, "bob", T0, until)).isTrue();
    store = reopen(store);
    assertThat(secrets().claim(KEY, FIELD, "ann", T0, until)).as("in another process").isFalse();
  }

  @Test
  void a_claim_expires_by_the_callers_clock_and_can_be_made_longer() {
    Instant until = T0.plusSeconds(30);
    assertThat(secrets().claim(KEY, FIELD, "ann", T0, until)).isTrue();
    assertThat(secrets().claim(KEY, FIELD, "ann", T0.plusSeconds(9), until.plusSeconds(9)))
        .isTrue();
    assertThat(secrets().claim(KEY, FIELD, "bob", until, until.plusSeconds(99))).isFalse();
    assertThat(secrets().claim(KEY, FIELD, "bob", until.plusSeconds(9), until.plusSeconds(99)))
        .isTrue();
    secrets().release(KEY, FIELD, "ann");
    assertThat(secrets().claim(KEY, FIELD, "ann", until.plusSeconds(10), until.plusSeconds(99)))
        .as("it is another's now")
        .isFalse();
  }

  @Test
  void of_many_processes_one_claims_one_replaces_and_one_removes() throws Exception {
    Store second = beside(store);
    try {
      for (int round = 1; round <= 5; round++) {
        Instant now = T0.plusSeconds(round * 60);
        long seen = version(KEY, FIELD);
        String attempt = round + "/";
        List<Boolean> replaced =
            ParallelWork.run(
                THREADS,
                n -> of(second, n).replace(KEY, FIELD, seen, "k", bytes("" + n)).isPresent());
        assertThat(replaced).as("round " + round).containsOnlyOnce(true);
        assertThat(kept(KEY, FIELD)).isEqualTo("" + replaced.indexOf(true));
        assertThat(
                ParallelWork.run(
                    THREADS,
                    n -> of(second, n).claim(KEY, FIELD, attempt + n, now, now.plusSeconds(60))))
            .as("round " + round)
            .containsOnlyOnce(true);
        if (round % 2 == 0) {
          long newest = version(KEY, FIELD);
          assertThat(ParallelWork.run(THREADS, n -> of(second, n).remove(KEY, FIELD, newest)))
              .as("round " + round)
              .containsOnlyOnce(true);
        }
      }
    } finally {
      if (second != store) {
        second.close();
      }
    }
  }

  @Test
  void no_write_of_many_processes_is_lost() throws Exception {
    Store second = beside(store);
    try {
      CyclicBarrier all = new CyclicBarrier(THREADS);
      keep(KEY, FIELD, 0, "0");
      List<Integer> written =
          ParallelWork.run(
              THREADS,
              n -> {
                int mine = 0;
                for (int round = 0; round < 10; round++) {
                  long seen = version(of(second, n));
                  int sum = sum(of(second, n));
                  all.await(60, TimeUnit.SECONDS);
                  if (of(second, n)
                      .replace(KEY, FIELD, seen, "k", bytes("" + (sum + 1)))
                      .isPresent()) {
                    mine++;
                  }
                  all.await(60, TimeUnit.SECONDS);
                }
                return mine;
              });
      assertThat(written.stream().mapToInt(n -> n).sum()).isEqualTo(10);
      assertThat(kept(KEY, FIELD)).isEqualTo("10");
    } finally {
      if (second != store) {
        second.close();
      }
    }
  }

  private static long version(Secrets secrets) {
    return secrets.find(KEY, FIELD).map(Secrets.Sealed::version).orElse(0L);
  }

  private static int sum(Secrets secrets) {
    return secrets
        .find(KEY, FIELD)
        .map(s -> Integer.parseInt(new String(s.bytes(), StandardCharsets.UTF_8)))
        .orElse(0);
  }

  private Secrets of(Store second, int worker) {
    return (worker % 2 == 0 ? store : second).secrets();
  }
}
