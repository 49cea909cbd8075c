package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.sync.Fence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events and how far subscribers got. */
abstract class FeedContract extends ReadingContract {
  private List<Position> positions(String subscriber) {
    return store.outbox().positions("acme", subscriber);
  }

  private static Position at(Position p, long acknowledged) {
    return new Position(
        p.subscriber(),
        p.key(),
        p.generation(),
        acknowledged,
        false,
        Optional.empty(),
        p.departed());
  }

  @Test
  void a_new_subscriber_begins_with_a_snapshot_at_the_newest_event() {
    commit(step().item(issue("1")).item(issue("2")));
    long newest = events().get(1).number();
    assertThat(positions("index"))
        .containsExactly(new Position("index", KEY, "g1", newest, true, Optional.empty(), false));
  }

  @Test
  void a_connection_that_is_new_is_met_at_the_next_question() {
    positions("index");
    connect(OTHER);
    connect(RIVAL);
    assertThat(positions("index")).extracting(Position::key).containsExactly(KEY, OTHER);
    assertThat(positions("index")).allMatch(Position::snapshot);
  }

  @Test
  void a_position_is_kept_as_it_was_acknowledged() {
    Position first = positions("index").get(0);
    Position half =
        new Position(
            "index", KEY, "g1", first.acknowledged(), true, Optional.of(ISSUE.ref("é")), false);
    store.outbox().acknowledge(half);
    store = reopen(store);
    assertThat(positions("index")).containsExactly(half);
    store.outbox().acknowledge(at(first, 5));
    assertThat(positions("index")).containsExactly(at(first, 5));
    assertThat(positions("mailer")).extracting(Position::acknowledged).containsExactly(0L);
  }

  @Test
  void events_come_in_order_after_the_one_asked_for() {
    for (int i = 0; i < 5; i++) {
      commit(step().item(issue("" + i)));
    }
    List<Outbox.Event> all = events();
    assertThat(all).extracting(e -> e.ref().id()).containsExactly("0", "1", "2", "3", "4");
    assertThat(store.outbox().events(KEY, all.get(1).number(), 2)).isEqualTo(all.subList(2, 4));
  }

  @Test
  void events_are_dropped_once_every_subscriber_has_acknowledged_them() {
    positions("index");
    positions("mailer");
    commit(step().item(issue("1")).item(issue("2")).item(issue("3")));
    List<Outbox.Event> all = events();
    store.outbox().acknowledge(at(positions("index").get(0), all.get(2).number()));
    assertThat(store.outbox().forgetAcknowledged(KEY)).isZero();
    store.outbox().acknowledge(at(positions("mailer").get(0), all.get(0).number()));
    assertThat(store.outbox().forgetAcknowledged(KEY)).isEqualTo(1);
    assertThat(events()).isEqualTo(all.subList(1, 3));
    store.outbox().unsubscribe("acme", "mailer");
    assertThat(store.outbox().forgetAcknowledged(KEY)).isEqualTo(2);
  }

  @Test
  void events_without_any_subscriber_are_dropped_and_numbers_go_on() {
    commit(step().item(issue("1")));
    long first = events().get(0).number();
    store.outbox().positions("rival", "index");
    assertThat(store.outbox().forgetAcknowledged(KEY)).isEqualTo(1);
    commit(step().item(issue("2")));
    assertThat(events().get(0).number()).isGreaterThan(first);
  }

  @Test
  void starting_over_gives_the_current_state_again() {
    store.outbox().acknowledge(at(positions("index").get(0), 0));
    commit(step().item(issue("1")));
    store.outbox().startOver("acme", "index");
    assertThat(positions("index"))
        .containsExactly(
            new Position(
                "index", KEY, "g1", events().get(0).number(), true, Optional.empty(), false));
  }

  @Test
  void a_delivery_under_way_cannot_undo_starting_over() {
    Position old = positions("index").get(0);
    store.outbox().startOver("acme", "index");
    store.outbox().acknowledge(at(old, 9));
    assertThat(positions("index").get(0).snapshot()).isTrue();
  }

  @Test
  void one_subscriber_does_not_move_another() {
    store.outbox().acknowledge(at(positions("index").get(0), 3));
    store.outbox().acknowledge(at(positions("mailer").get(0), 4));
    store.outbox().startOver("acme", "mailer");
    assertThat(positions("index").get(0).acknowledged()).isEqualTo(3);
    store.outbox().unsubscribe("acme", "index");
    store
        .outbox()
        .acknowledge(at(new Position("index", KEY, "g1", 0, false, Optional.empty(), false), 7));
    assertThat(positions("index").get(0).snapshot()).as("forgotten, so new").isTrue();
  }

  @Test
  void a_subscriber_learns_once_that_a_connection_is_gone() {
    connect(OTHER);
    positions("index");
    store.connections().disconnect(OTHER);
    store = reopen(store);
    List<Position> after = positions("index");
    assertThat(after).extracting(Position::departed).containsExactly(true, false);
    assertThat(after.get(0).key()).isEqualTo(OTHER);
    assertThat(positions("late")).extracting(Position::key).containsExactly(KEY);
    store.outbox().acknowledge(after.get(0));
    assertThat(positions("index")).extracting(Position::key).containsExactly(KEY);
  }

  @Test
  void a_connection_that_came_back_is_met_beside_the_note_of_the_one_before() {
    Position old = positions("index").get(0);
    store.connections().disconnect(KEY);
    store.connections().create(connection(KEY, "g2"));
    Fence second = store.leases().tryAcquire(KEY, T0, T0.plusSeconds(60)).orElseThrow();
    store.commit(Commit.under(second, RUN).item(issue("1")).build());
    store.outbox().acknowledge(at(old, 99));
    List<Position> both = positions("index");
    assertThat(both).extracting(Position::generation).containsExactly("g1", "g2");
    assertThat(both).extracting(Position::departed).containsExactly(true, false);
    assertThat(both.get(1).snapshot()).isTrue();
    store.connections().disconnect(KEY);
    assertThat(positions("index"))
        .as("one note a connection")
        .extracting(Position::generation)
        .containsExactly("g2");
  }

  @Test
  void positions_of_the_same_connection_id_differ_by_tenant() {
    connect(RIVAL);
    positions("index");
    assertThat(store.outbox().positions("rival", "index"))
        .extracting(Position::key)
        .containsExactly(RIVAL);
    store.outbox().unsubscribe("rival", "index");
    store.outbox().acknowledge(at(positions("index").get(0), 8));
    assertThat(positions("index").get(0))
        .isEqualTo(
            new Position(
                "index",
                new ConnectionKey("acme", "main"),
                "g1",
                8,
                false,
                Optional.empty(),
                false));
  }
}
