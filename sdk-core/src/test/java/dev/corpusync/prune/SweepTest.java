package dev.corpusync.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** P7: what is missing from a whole listing is found, and deleted only with proof. */
class SweepTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  private static final Kind TICKET = Kind.of("ticket");
  private static final Scope SCOPE = Scope.of(TICKET);
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private final Store store = MemoryStore.open();
  private final List<List<String>> batches = new ArrayList<>();
  private final Fence fence = connected();
  private int pages;

  private Fence connected() {
    store.connections().create(new Connection(KEY, "desk", "g1", Settings.stored(Map.of())));
    return store.leases().tryAcquire(KEY, NOW, NOW.plusSeconds(60)).orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void stored(String... ids) {
    Commit.Builder work = Commit.under(fence, "run");
    for (String id : ids) {
      Artifact artifact =
          Artifact.of(
              TICKET.ref(id),
              Optional.empty(),
              Revision.content(),
              Payload.of("{}".getBytes(StandardCharsets.UTF_8)),
              Parts.none(),
              Visibility.declared("a test"),
              Access.known(List.of()));
      work.item(ItemWrite.of(artifact));
    }
    store.commit(work.build());
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format("t%05d", i))
        .toArray(String[]::new);
  }

  private Sweep sweep(String... listed) {
    return new Sweep(
        store.corpus(),
        KEY,
        SCOPE,
        Fingerprints.of(List.of(Fingerprints.ofAll(List.of(listed)))),
        () -> pages++);
  }

  private List<String> orphans(Sweep sweep) {
    List<String> orphans = new ArrayList<>();
    sweep.eachOrphan(orphans::add);
    return orphans;
  }

  @Test
  void what_is_stored_and_not_listed_is_an_orphan() {
    stored("a", "b", "c");
    assertThat(orphans(sweep("b", "d"))).containsExactly("a", "c");
    assertThat(orphans(sweep("a", "b", "c"))).isEmpty();
  }

  @Test
  void a_large_scope_is_read_in_pages() {
    stored(ids(2_500));
    assertThat(orphans(sweep())).containsExactly(ids(2_500));
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void what_ends_the_run_between_two_pages_ends_the_sweep() {
    stored(ids(1_000));
    Sweep cancelled =
        new Sweep(
            store.corpus(),
            KEY,
            SCOPE,
            Fingerprints.of(List.of()),
            () -> {
              throw new IllegalStateException("cancelled");
            });
    assertThatThrownBy(() -> orphans(cancelled)).hasMessage("cancelled");
  }

  @Test
  void a_complete_listing_proves_each_absence() {
    stored("a", "b", "c");
    assertThat(sweep("b").prune(Evidence.LISTING, "", batches::add)).isEmpty();
    assertThat(batches).containsExactly(List.of("a", "c"));
  }

  @Test
  void what_can_be_asked_for_by_id_is_never_only_suspected() {
    stored("a", "b");
    assertThat(sweep().prune(Evidence.ANSWER_BY_ID, "", batches::add)).isEmpty();
    assertThat(batches).containsExactly(List.of("a", "b"));
  }

  @Test
  void without_other_proof_two_listings_in_a_row_must_miss_an_item() {
    stored("a", "b", "c");
    String first = sweep("c").prune(Evidence.SECOND_LISTING, "", batches::add);
    assertThat(batches).isEmpty();

    String second = sweep("b").prune(Evidence.SECOND_LISTING, first, batches::add);
    assertThat(batches).as("missing twice").containsExactly(List.of("a"));

    batches.clear();
    assertThat(sweep("a", "b", "c").prune(Evidence.SECOND_LISTING, second, batches::add)).isEmpty();
    sweep("a", "b").prune(Evidence.SECOND_LISTING, "", batches::add);
    assertThat(batches).as("c was listed in between").isEmpty();
  }

  @Test
  void orphans_are_handed_out_in_batches_of_500() {
    stored(ids(1_100));
    sweep().prune(Evidence.LISTING, "", batches::add);
    assertThat(batches).extracting(List::size).containsExactly(500, 500, 100);
    assertThat(batches.stream().flatMap(List::stream)).containsExactly(ids(1_100));
  }

  @Test
  void a_sharp_drop_is_held_with_everything_it_names() {
    stored(ids(40));
    DropGuard guard = new DropGuard(0.25, 5);
    assertThat(sweep(ids(30)).loss(List::size).isHeldBy(guard))
        .as("a quarter is believed")
        .isFalse();

    Loss loss = sweep(ids(29)).loss(List::size);
    assertThat(loss.isHeldBy(guard)).isTrue();
    Sweep sweep = sweep(ids(29));
    sweep.eachBatch(batches::add);
    assertThat(batches.get(0)).hasSize(11).startsWith("t00029");
    assertThat(loss.items()).isEqualTo(11);
    assertThat(loss.ofItems()).isEqualTo(40);
  }

  @Test
  void the_same_orphans_give_the_same_plan() {
    stored(ids(10));
    String plan = sweep("t00000").loss(List::size).plan();
    assertThat(sweep("t00000").loss(List::size).plan()).isEqualTo(plan);
    assertThat(sweep("t00001").loss(List::size).plan()).isNotEqualTo(plan);
  }

  /** Two containers of forty are few; with 900 of 1,000 documents in them they are many. */
  @Test
  void what_falls_with_the_orphans_counts_too() {
    stored(ids(40));
    Sweep sweep = sweep(ids(38));
    assertThat(sweep.loss(ids -> ids.size() == 2 ? 900 : 1_000).isHeldBy(DropGuard.DEFAULT))
        .isTrue();
    assertThat(sweep.loss(ids -> ids.size() == 2 ? 200 : 1_000).isHeldBy(DropGuard.DEFAULT))
        .as("a fifth")
        .isFalse();
    assertThat(sweep.loss(ids -> ids.size() == 2 ? 20 : 20).isHeldBy(DropGuard.DEFAULT))
        .as("few")
        .isFalse();
  }
}
