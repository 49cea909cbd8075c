package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.sync.Fence;
import dev.corpusync.testkit.check.Check;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** What subscribers learn of connections that are gone. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class DisconnectContract extends UndeliveredContract {

  @Check(id = "STO-28j", rule = "A subscriber learns that a connection is gone.")
  public final void a_subscriber_learns_once_that_a_connection_is_gone() {
    connect(OTHER);
    positions("index");
    store.connections().disconnect(OTHER);
    store = reopen(store);
    List<Position> after = positions("index");
    assertThat(after).extracting(Position::disconnected).containsExactly(true, false);
    assertThat(nth(after, 0).key()).isEqualTo(OTHER);
    assertThat(positions("late")).extracting(Position::key).containsExactly(KEY);
    store.outbox().acknowledge(nth(after, 0));
    assertThat(positions("index")).extracting(Position::key).containsExactly(KEY);
  }

  @Check(id = "STO-28k", rule = "A connection that came back is told apart from the one before.")
  public final void a_connection_that_came_back_is_met_beside_the_note_of_the_one_before() {
    Position old = nth(positions("index"), 0);
    store.connections().disconnect(KEY);
    store.connections().create(connection(KEY, "g2"));
    Fence second = acquire(KEY, T0, 60);
    store.commit(Commit.under(second, RUN).item(issue("1")).build());
    store.outbox().acknowledge(at(old, 99));
    List<Position> both = positions("index");
    assertThat(both).extracting(Position::generation).containsExactly("g1", "g2");
    assertThat(both).extracting(Position::disconnected).containsExactly(true, false);
    assertThat(nth(both, 1).snapshot()).isTrue();
    store.connections().disconnect(KEY);
    assertThat(positions("index"))
        .as("one note a connection")
        .extracting(Position::generation)
        .containsExactly("g2");
  }

  @Check(id = "STO-07a", rule = "Subscribers of two tenants share nothing.")
  public final void positions_of_the_same_connection_id_differ_by_tenant() {
    connect(RIVAL);
    Position first = nth(positions("index"), 0);
    assertThat(store.outbox().positions("rival", "index"))
        .extracting(Position::key)
        .containsExactly(RIVAL);
    store.outbox().unsubscribe("rival", "index");
    store.outbox().acknowledge(at(first, 8));
    assertThat(nth(positions("index"), 0))
        .isEqualTo(
            Outbox.Position.builder("index", new ConnectionKey("acme", "main"), "g1")
                .acknowledged(8)
                .build());
  }
}
