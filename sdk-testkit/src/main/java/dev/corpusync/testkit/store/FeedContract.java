package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.store.Aspect;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.testkit.check.Check;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** Events and how far subscribers got. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class FeedContract extends ReadingContract {
  List<Position> positions(String subscriber) {
    return store.outbox().positions("acme", subscriber);
  }

  static Position at(Position p, long acknowledged) {
    return Outbox.Position.builder(p.subscriber(), p.key(), p.generation())
        .acknowledged(acknowledged)
        .disconnected(p.disconnected())
        .build();
  }

  @Check(id = "STO-28a", rule = "An event says what changed.")
  public final void events_carry_their_aspects_and_chunks_and_grow_by_commit() {
    Set<Aspect> aspects = EnumSet.of(Aspect.CONTENT, Aspect.METADATA, Aspect.ACCESS);
    commit(step().item(issue("1")).item(issue("2")));
    ItemWrite.Event event =
        ItemWrite.Event.of(aspects)
            .withChangedChunks(Set.of("x", "y"))
            .withRemovedChunks(Set.of("z"));
    CommitResult committed =
        commit(
            step()
                .item(
                    ItemWrite.of(issue("1").artifact())
                        .withDerived(issue("1").derived())
                        .withEvent(Optional.of(event))));
    assertThat(committed.counts().events()).isEqualTo(1);
    assertThat(events())
        .extracting(Outbox.Event::number)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(3);
    Outbox.Event last = nth(events(), 2);
    assertThat(last.ref()).isEqualTo(ONE);
    assertThat(last.aspects()).isEqualTo(aspects);
    assertThat(last.changedChunks()).isEqualTo(Set.of("x", "y"));
    assertThat(last.removedChunks()).isEqualTo(Set.of("z"));
  }

  @Check(id = "STO-28b", rule = "Events are read in order, page by page.")
  public final void events_come_in_order_after_the_one_asked_for() {
    for (int i = 0; i < 5; i++) {
      commit(step().item(issue("" + i)));
    }
    List<Outbox.Event> all = events();
    assertThat(all).extracting(e -> e.ref().id()).containsExactly("0", "1", "2", "3", "4");
    assertThat(store.outbox().events(KEY, nth(all, 1).number(), 2)).isEqualTo(all.subList(2, 4));
  }

  @Check(id = "STO-28c", rule = "A new subscriber is given the current state first.")
  public final void a_new_subscriber_begins_with_a_snapshot_at_the_newest_event() {
    commit(step().item(issue("1")).item(issue("2")));
    long newest = nth(events(), 1).number();
    assertThat(positions("index"))
        .containsExactly(
            Outbox.Position.builder("index", KEY, "g1")
                .acknowledged(newest)
                .snapshot(true)
                .build());
  }

  @Check(id = "STO-28d", rule = "A subscriber meets every connection of its tenant.")
  public final void a_connection_that_is_new_is_met_at_the_next_question() {
    positions("index");
    connect(OTHER);
    connect(RIVAL);
    assertThat(positions("index")).extracting(Position::key).containsExactly(KEY, OTHER);
    assertThat(positions("index")).allMatch(Position::snapshot);
  }

  @Check(id = "STO-28e", rule = "A position is kept.")
  public final void a_position_is_kept_as_it_was_acknowledged() {
    Position first = nth(positions("index"), 0);
    Position half =
        Outbox.Position.builder("index", KEY, "g1")
            .acknowledged(first.acknowledged())
            .snapshot(true)
            .snapshotAfter(Optional.of(ISSUE.ref("é")))
            .build();
    store.outbox().acknowledge(half);
    store = reopen(store);
    assertThat(positions("index")).containsExactly(half);
    store.outbox().acknowledge(at(first, 5));
    assertThat(positions("index")).containsExactly(at(first, 5));
    assertThat(positions("mailer")).extracting(Position::acknowledged).containsExactly(0L);
  }

  @Check(id = "STO-28f", rule = "An event waits for the slowest subscriber.")
  public final void events_are_dropped_once_every_subscriber_has_acknowledged_them() {
    positions("index");
    positions("mailer");
    commit(step().item(issue("1")).item(issue("2")).item(issue("3")));
    List<Outbox.Event> all = events();
    store.outbox().acknowledge(at(nth(positions("index"), 0), nth(all, 2).number()));
    assertThat(store.outbox().purgeAcknowledged(KEY)).isZero();
    store.outbox().acknowledge(at(nth(positions("mailer"), 0), nth(all, 0).number()));
    assertThat(store.outbox().purgeAcknowledged(KEY)).isEqualTo(1);
    assertThat(events()).isEqualTo(all.subList(1, 3));
    store.outbox().unsubscribe("acme", "mailer");
    assertThat(store.outbox().purgeAcknowledged(KEY)).isEqualTo(2);
  }

  @Check(id = "STO-28g", rule = "Numbers of events never start again.")
  public final void events_without_any_subscriber_are_dropped_and_numbers_continue() {
    commit(step().item(issue("1")));
    long first = nth(events(), 0).number();
    store.outbox().positions("rival", "index");
    assertThat(store.outbox().purgeAcknowledged(KEY)).isEqualTo(1);
    commit(step().item(issue("2")));
    assertThat(nth(events(), 0).number()).isGreaterThan(first);
  }

  @Check(id = "STO-28h", rule = "A subscriber can start over.")
  public final void starting_over_gives_the_current_state_again() {
    store.outbox().acknowledge(at(nth(positions("index"), 0), 0));
    commit(step().item(issue("1")));
    store.outbox().startOver("acme", "index");
    assertThat(positions("index"))
        .containsExactly(
            Outbox.Position.builder("index", KEY, "g1")
                .acknowledged(nth(events(), 0).number())
                .snapshot(true)
                .build());
  }

  @Check(id = "STO-05a", rule = "An older state never overwrites a newer one.")
  public final void a_delivery_under_way_cannot_undo_starting_over() {
    Position old = nth(positions("index"), 0);
    store.outbox().startOver("acme", "index");
    store.outbox().acknowledge(at(old, 9));
    assertThat(nth(positions("index"), 0).snapshot()).isTrue();
  }

  @Check(id = "STO-28l", rule = "A position is moved only for its own tenant and generation.")
  public final void one_tenant_does_not_move_the_position_of_another() {
    connect(RIVAL);
    Position rival = nth(store.outbox().positions("rival", "index"), 0);
    Position before = nth(positions("index"), 0);
    store.outbox().acknowledge(at(rival, 7));
    assertThat(nth(store.outbox().positions("rival", "index"), 0).acknowledged()).isEqualTo(7);
    store
        .outbox()
        .acknowledge(Outbox.Position.builder("index", KEY, "another").acknowledged(8).build());
    store
        .outbox()
        .acknowledge(Outbox.Position.builder("index", KEY, "g1").disconnected(true).build());
    assertThat(positions("index")).containsExactly(before);
  }

  @Check(id = "STO-28i", rule = "Subscribers are independent.")
  public final void one_subscriber_does_not_move_another() {
    store.outbox().acknowledge(at(nth(positions("index"), 0), 3));
    store.outbox().acknowledge(at(nth(positions("mailer"), 0), 4));
    store.outbox().startOver("acme", "mailer");
    assertThat(nth(positions("index"), 0).acknowledged()).isEqualTo(3);
    store.outbox().unsubscribe("acme", "index");
    store
        .outbox()
        .acknowledge(at(Outbox.Position.builder("index", KEY, "g1").acknowledged(0).build(), 7));
    assertThat(nth(positions("index"), 0).snapshot()).as("forgotten, so new").isTrue();
  }
}
