package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.UndeliveredChange;
import dev.corpusync.testkit.check.Check;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** What subscribers did not take. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class UndeliveredContract extends FeedContract {
  private static UndeliveredChange.Builder undelivered(
      String subscriber, ConnectionKey key, Ref ref) {
    return UndeliveredChange.builder(subscriber, key, "g1", ref)
        .aspects(Set.of(Aspect.CONTENT, Aspect.ACCESS))
        .removedChunks(Set.of("a", "é"))
        .reason("java.lang.IllegalStateException")
        .attempts(3)
        .first(T0)
        .last(T0.plusSeconds(60))
        .notBefore(Optional.of(T0.plusSeconds(300)));
  }

  private List<UndeliveredChange> undelivered(String subscriber) {
    return store.outbox().undelivered("acme", subscriber, 10);
  }

  private UndeliveredChange keep(UndeliveredChange.Builder change) {
    UndeliveredChange kept = change.build();
    store.outbox().keepUndelivered(kept);
    return kept;
  }

  @Check(id = "STO-28m", rule = "What a subscriber did not take is kept, dead letters last.")
  public final void what_was_not_delivered_is_kept_until_it_is_removed() {
    connect(OTHER);
    Instant soon = T0.plusSeconds(100);
    UndeliveredChange dead =
        keep(undelivered("index", KEY, ISSUE.ref("1")).notBefore(Optional.empty()));
    UndeliveredChange late = keep(undelivered("index", KEY, ISSUE.ref("é")));
    UndeliveredChange other = keep(undelivered("index", OTHER, ISSUE.ref("1")));
    UndeliveredChange next =
        keep(undelivered("index", OTHER, ISSUE.ref("2")).notBefore(Optional.of(soon)));
    store = reopen(store);
    assertThat(undelivered("index")).containsExactly(next, late, other, dead);
    assertThat(store.outbox().undelivered("acme", "index", 2)).containsExactly(next, late);

    UndeliveredChange again =
        keep(
            UndeliveredChange.builder("index", KEY, "g1", ISSUE.ref("1"))
                .aspects(Set.of(Aspect.DELETED))
                .attempts(1)
                .notBefore(Optional.of(T0)));
    assertThat(undelivered("index")).containsExactly(again, next, late, other);
    store.outbox().removeUndelivered(late);
    store.outbox().removeUndelivered(late);
    assertThat(undelivered("index")).containsExactly(again, next, other);
  }

  @Check(id = "STO-28n", rule = "What a subscriber did not take is its own, and goes with it.")
  public final void what_was_not_delivered_is_of_one_subscriber_and_one_generation() {
    connect(RIVAL);
    connect(OTHER);
    UndeliveredChange mine = keep(undelivered("index", KEY, ISSUE.ref("1")));
    UndeliveredChange theirs = keep(undelivered("mailer", KEY, ISSUE.ref("1")));
    UndeliveredChange elsewhere = keep(undelivered("mailer", OTHER, ISSUE.ref("1")));
    UndeliveredChange rival = keep(undelivered("mailer", RIVAL, ISSUE.ref("1")));
    keep(undelivered("index", new ConnectionKey("acme", "nobody"), ISSUE.ref("1")));
    store.outbox().keepUndelivered(UndeliveredChange.builder("index", KEY, "another", ONE).build());
    store.outbox().removeUndelivered(undelivered("index", OTHER, ISSUE.ref("1")).build());
    assertThat(undelivered("index")).containsExactly(mine);

    store.outbox().startOver("acme", "index");
    assertThat(undelivered("index")).isEmpty();
    assertThat(undelivered("mailer")).containsExactly(theirs, elsewhere);
    store.connections().disconnect(KEY);
    assertThat(undelivered("mailer")).containsExactly(elsewhere);
    store.outbox().unsubscribe("acme", "mailer");
    assertThat(undelivered("mailer")).isEmpty();
    assertThat(store.outbox().undelivered("rival", "mailer", 10)).containsExactly(rival);
  }
}
