package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Realm;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectionExistsException;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.sync.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users and groups belong to the source that names them. */
class RealmTest {
  private static final ConnectionKey SECOND = new ConnectionKey("acme", "second");
  private static final Ref T1 = TICKET.ref("t1");
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static final class Restricted extends Tickets {
    @Override
    public Access access(Item ticket) {
      return Access.known(
          List.of(Principal.group("7"), Principal.user("7"), Principal.email("ann@acme.example")));
    }
  }

  private Connection connect(Corpusync engine, ConnectionKey key) {
    Map<String, String> settings = Map.of("base_url", bench.server.url().toString());
    return engine.connect(key, "bench", settings, () -> Secret.of("bench-t0ken"));
  }

  private Set<Principal> readers(ConnectionKey key) {
    return bench.store.corpus().documents(key, List.of(T1)).get(T1).readers();
  }

  @Test
  void group_7_of_one_connection_is_not_group_7_of_another() {
    bench.ticket("t1", "text");
    try (Corpusync engine = bench.engine(new Restricted())) {
      Connection second = connect(engine, SECOND);
      engine.sync(KEY);
      engine.sync(SECOND);
      Principal email = Principal.email("ann@acme.example");
      Realm own = Realm.ofConnection("main");
      assertThat(readers(KEY))
          .containsExactlyInAnyOrder(
              Principal.group("7").in(own), Principal.user("7").in(own), email);
      assertThat(readers(SECOND))
          .containsExactlyInAnyOrder(
              Principal.group("7").in(second.realm()),
              Principal.user("7").in(second.realm()),
              email);
      assertThat(readers(KEY)).filteredOn(readers(SECOND)::contains).containsExactly(email);
      assertThat(engine.resync(KEY).counts())
          .extracting("stored", "events")
          .containsExactly(0L, 0L);
    }
  }

  @Test
  void connections_of_one_directory_share_a_realm_for_life() {
    bench.ticket("t1", "text");
    Realm shared = Realm.shared("directory");
    try (Corpusync engine =
        bench.engine(b -> b.sharedRealms(key -> Optional.of(shared)), new Restricted())) {
      assertThat(connect(engine, SECOND).realm()).isEqualTo(shared);
      engine.sync(KEY);
      engine.sync(SECOND);
      assertThat(readers(KEY)).isEqualTo(readers(SECOND)).contains(Principal.group("7").in(shared));
    }
    try (Corpusync engine = bench.builder("bench", new Restricted()).build()) {
      assertThat(connect(engine, SECOND).realm()).isEqualTo(shared);
    }
    try (Corpusync engine =
        bench
            .builder("bench", new Restricted())
            .sharedRealms(key -> Optional.of(Realm.shared("other")))
            .build()) {
      assertThatThrownBy(() -> connect(engine, SECOND))
          .isInstanceOf(ConnectionExistsException.class);
    }
  }

  @Test
  void readers_of_an_earlier_version_get_their_realm_and_subscribers_are_told() {
    bench.ticket("t1", "text");
    try (Corpusync engine = bench.engine(new Restricted())) {
      engine.sync(KEY);
      Set<Principal> right = readers(KEY);
      older();
      assertThat(readers(KEY)).containsExactly(Principal.group("7"));
      Bench.changes(engine);
      engine.sync(KEY);
      assertThat(readers(KEY)).isEqualTo(right);
      List<Change> told = Bench.changes(engine);
      assertThat(told).hasSize(1);
      assertThat(((Change.Stored) told.get(0)).aspects()).containsExactly(Aspect.ACCESS);
    }
  }

  /** The record with readers as an earlier version stored them, which is derived again. */
  private void older() {
    Instant now = bench.time.now();
    Artifact stored = bench.store.corpus().artifacts(KEY, List.of(T1)).get(T1);
    Artifact older =
        Artifact.stored(
            T1,
            stored.parent(),
            stored.revision(),
            stored.payload().bytes(),
            stored.parts().encoded(),
            Access.known(List.of(Principal.group("7"))));
    Fence fence = bench.store.leases().tryAcquire(KEY, now, now.plusSeconds(9)).orElseThrow();
    bench.store.commit(
        Commit.under(fence, "older").item(ItemWrite.of(older).withVersion(0)).build());
    bench.store.leases().release(fence);
  }
}
