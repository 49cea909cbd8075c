package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.check.Check;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;

/** Who may write: leases keep workers apart, the fence keeps data safe (P2). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class FenceContract extends CommitContract {

  @Check(id = "STO-08a", rule = "A lease has one winner.")
  public final void of_many_workers_one_gets_the_lease() throws Exception {
    store.connections().create(connection(OTHER, "g1"));
    for (int round = 0; round < PROFILE.choose(5, 5, 300); round++) {
      Instant now = T0.plusSeconds(round * 60L);
      List<Optional<Fence>> taken =
          ParallelWork.run(32, () -> store.leases().tryAcquire(OTHER, now, now.plusSeconds(60)));
      assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
    }
  }

  @Check(
      id = "STO-09a",
      rule = "A lease ends when it is released or over, and the next fence is larger.")
  public final void a_lease_is_free_again_when_released_or_at_the_moment_it_expires() {
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(59), T0.plusSeconds(120))).isEmpty();
    Fence second = acquire(KEY, T0.plusSeconds(60), 60);
    assertThat(second.number()).isGreaterThan(fence.number());
    store.leases().release(fence);
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(61), T0.plusSeconds(120)))
        .as("released by another")
        .isEmpty();
    store.leases().release(second);
    Fence third = acquire(KEY, T0, 60);
    assertThat(third.number()).isGreaterThan(second.number());
    assertThat(store.leases().tryAcquire(OTHER, T0, T0.plusSeconds(60)))
        .as("no such connection")
        .isEmpty();
  }

  @Check(id = "STO-09b", rule = "Only the owner prolongs a lease.")
  public final void only_the_newest_fence_renews() {
    assertThat(store.leases().renew(fence, T0.plusSeconds(300))).isTrue();
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(299), T0.plusSeconds(400))).isEmpty();
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(300), T0.plusSeconds(400)))
        .isPresent();
    assertThat(store.leases().renew(fence, T0.plusSeconds(900))).isFalse();
    assertThat(store.leases().renew(new Fence(KEY, "g0", fence.number() + 1), T0.plusSeconds(900)))
        .isFalse();
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(400), T0.plusSeconds(500)))
        .isPresent();
  }

  @Check(id = "STO-09d", rule = "A store says until when a lease was taken or renewed.")
  public final void until_when_a_lease_is_held_is_known() {
    assertThat(store.leases().heldUntil(OTHER)).as("no such connection").isEmpty();
    store.connections().create(connection(OTHER, "g1"));
    assertThat(store.leases().heldUntil(OTHER)).as("never taken").isEmpty();
    Fence held = acquire(OTHER, T0, 60);
    assertThat(store.leases().heldUntil(OTHER)).contains(T0.plusSeconds(60));
    store.leases().renew(held, T0.plusSeconds(90));
    store = reopen(store);
    assertThat(store.leases().heldUntil(OTHER)).contains(T0.plusSeconds(90));
    store.leases().release(held);
    assertThat(store.leases().heldUntil(OTHER)).as("released").isEmpty();
  }

  @Check(id = "STO-10a", rule = "A worker that lost its lease writes nothing.")
  public final void a_stale_fence_is_refused_and_writes_nothing() {
    Fence newer = acquire(KEY, T0.plusSeconds(61), 29);
    assertThatThrownBy(
            () -> commit(step().item(issue("1")).checkpoint(Checkpoint.none(Scope.of(ISSUE)))))
        .isInstanceOf(LeaseLostException.class);
    assertThat(ids()).isEmpty();
    assertThat(store.checkpoints().checkpoint(KEY, Scope.of(ISSUE))).isEmpty();
    assertThat(events()).isEmpty();
    store.commit(Commit.under(newer, RUN).item(issue("2")).build());
    assertThat(ids()).containsExactly("2");
  }

  @Check(id = "STO-10b", rule = "Only a fence that the store gave is let in.")
  public final void a_fence_that_was_never_given_is_refused() {
    Fence invented = new Fence(KEY, "g1", fence.number() + 1);
    assertThatThrownBy(() -> store.commit(Commit.under(invented, RUN).item(issue("1")).build()))
        .isInstanceOf(LeaseLostException.class);
    assertThat(ids()).isEmpty();
  }

  @Check(id = "STO-10c", rule = "A connection that was made again is another one.")
  public final void a_fence_of_another_generation_is_refused() {
    store.connections().disconnect(KEY);
    assertThatThrownBy(() -> commit(step().item(issue("1"))))
        .isInstanceOf(LeaseLostException.class);
    store.connections().create(connection(KEY, "g2"));
    Fence second = acquire(KEY, T0, 60);
    assertThat(second.generation()).isEqualTo("g2");
    assertThatThrownBy(
            () ->
                store.commit(
                    Commit.under(new Fence(KEY, "g1", second.number()), RUN)
                        .item(issue("1"))
                        .build()))
        .isInstanceOf(LeaseLostException.class);
    assertThat(ids()).isEmpty();
  }

  @Check(id = "STO-10d", rule = "A refusal says where, and shows nothing of what was written.")
  public final void the_refusal_names_the_connection_and_no_content() {
    store.connections().disconnect(KEY);
    assertThatThrownBy(
            () -> commit(step().item(item(ONE, Optional.empty(), by(ANN), "confidential"))))
        .hasMessageContaining("acme/main")
        .hasMessageNotContaining("confidential");
  }

  @Check(id = "STO-10e", rule = "Taking the lease and writing under an old one are ordered.")
  public final void no_commit_gets_through_once_another_worker_has_the_lease() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS - 1);
    CountDownLatch taken = new CountDownLatch(1);
    ParallelWork.run(
        THREADS, n -> n == 0 ? takeOver(begun, taken) : writeUntilRefused("" + n, begun, taken));
    List<String> order = events().stream().map(e -> e.ref().id()).toList();
    assertThat(order.indexOf("taken over")).isEqualTo(order.size() - 1);
  }

  /** When each of the others has written. */
  private boolean takeOver(CountDownLatch begun, CountDownLatch taken) throws InterruptedException {
    try {
      begun.await();
      Fence newest = acquire(KEY, T0.plusSeconds(60), 60);
      store.commit(Commit.under(newest, "run-2").item(issue("taken over")).build());
      return true;
    } finally {
      taken.countDown();
    }
  }

  /** Before the lease is taken over, while it is, and once it has been. */
  private boolean writeUntilRefused(String name, CountDownLatch begun, CountDownLatch taken)
      throws InterruptedException {
    try {
      commit(step().item(issue(name)));
    } finally {
      begun.countDown();
    }
    try {
      for (int i = 0; i < 20; i++) {
        commit(step().item(issue(name + "-" + i)));
      }
    } catch (LeaseLostException e) {
      // as late as it may come
    }
    taken.await();
    assertThatThrownBy(() -> commit(step().item(issue(name + "-late"))))
        .as("a commit of a worker that has written under this fence before")
        .isInstanceOf(LeaseLostException.class);
    return true;
  }

  @Check(id = "STO-09c", rule = "Clocks may differ: the fence alone decides who writes.")
  public final void a_clock_that_is_wrong_by_minutes_lets_nobody_write_beside_the_owner() {
    Instant ahead = T0.plusSeconds(600);
    Fence early = acquire(KEY, ahead, 60);
    assertThatThrownBy(() -> commit(step().item(issue("1"))))
        .isInstanceOf(LeaseLostException.class);
    Instant behind = T0.minusSeconds(600);
    assertThat(store.leases().tryAcquire(KEY, behind, behind.plusSeconds(60)))
        .as("a worker whose clock is behind waits")
        .isEmpty();
    assertThat(store.leases().renew(early, behind)).isTrue();
    Fence late = acquire(KEY, T0, 60);
    assertThat(List.of(fence.number(), early.number(), late.number()))
        .isSorted()
        .doesNotHaveDuplicates();
    store.commit(Commit.under(late, RUN).item(issue("2")).build());
    assertThat(ids()).containsExactly("2");
  }
}
