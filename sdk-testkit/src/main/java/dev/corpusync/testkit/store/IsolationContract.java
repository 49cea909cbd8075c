package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Realm;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Secrets;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.check.Check;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** Tenants, connections, and what is left of one that is gone (P6). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class IsolationContract extends JournalContract {
  /** Each of the connections that are compared holds one of its own. */
  private static final String LEASE = "Leases.heldUntil";

  private static final List<String> NOTHING = List.of("absent", "[]", "{}", "0", "false", "null");

  @Check(id = "STO-01b", rule = "An empty store answers every question, with nothing.")
  public final void every_question_to_an_empty_connection_has_an_empty_answer() {
    StoreMethods present = new StoreMethods(store, fence, step().build());
    StoreMethods absent = new StoreMethods(store, new Fence(OTHER, "g1", 1), step().build());
    present
        .answers()
        .forEach(
            (method, answer) -> {
              if (!method.startsWith("Connections.") && !method.startsWith(LEASE)) {
                assertThat(answer).as(method).isIn(NOTHING);
              }
            });
    assertThat(store.connections().list("nobody")).isEmpty();
    for (StoreMethods.Ability ability : StoreMethods.abilities()) {
      // a secret may be there before its connection
      if (!List.of(Connections.class, Secrets.class).contains(ability.method().getDeclaringClass())
          && !ability.name().equals("Store.commit")
          && !ability.name().equals("Outbox.positions")) {
        assertThat(AnswerText.of(absent.call(ability)))
            .as("%s of a connection that does not exist", ability.signature())
            .isIn(NOTHING);
      }
    }
  }

  @Check(id = "STO-26a", rule = "A connection exists once.")
  public final void a_connection_is_created_once_and_found_and_listed_by_id() {
    Connection made = connection(OTHER, "g1").with(Realm.shared("directory"));
    assertThat(store.connections().create(made)).isTrue();
    assertThat(store.connections().create(connection(OTHER, "g2"))).isFalse();
    store.connections().create(connection(RIVAL, "g1"));
    store = reopen(store);
    assertThat(store.connections().find(OTHER)).contains(made);
    Connection confirmed = made.with(Connection.Removals.CONFIRMED);
    assertThat(store.connections().replace(made, confirmed)).isTrue();
    store = reopen(store);
    assertThat(store.connections().find(OTHER)).contains(confirmed);
    assertThat(store.connections().list("acme"))
        .extracting(Connection::key)
        .containsExactly(KEY, OTHER);
    assertThat(store.connections().find(new ConnectionKey("acme", "MAIN"))).isEmpty();
  }

  @Check(id = "STO-07b", rule = "What one connection writes, no other sees or changes.")
  public final void no_method_shows_or_changes_what_is_of_another_connection() {
    commit(
        Commit.under(fence, "old")
            .record(run("old", T0.minusSeconds(9)).withEnd(Run.State.SUCCEEDED, T0, "")));
    commit(everything());
    store.outbox().positions("acme", "plan");
    store.secrets().replace(KEY, "plan", 0, "plan", new byte[] {1});
    StoreMethods mine = new StoreMethods(store, fence, step().build());
    Map<String, String> before = besidesTheList(mine);
    for (ConnectionKey key : List.of(RIVAL, OTHER)) {
      fence = connect(key);
      // Another time than that of the other lease.
      store.leases().renew(fence, T0.plusSeconds(90));
      assertThat(store.leases().heldUntil(key)).contains(T0.plusSeconds(90));
      StoreMethods theirs = new StoreMethods(store, fence, undoing().build());
      theirs
          .answers()
          .forEach(
              (method, answer) -> {
                if (!method.startsWith("Connections.") && !method.startsWith(LEASE)) {
                  assertThat(answer).as("%s of %s", method, key).isIn(NOTHING);
                }
              });
      assertThat(store.connections().find(key)).contains(connection(key, "g1"));
      assertThat(store.connections().list(key.tenant()))
          .extracting(Connection::key)
          .contains(key)
          .allMatch(listed -> listed.tenant().equals(key.tenant()));
      for (StoreMethods.Ability ability : StoreMethods.abilities()) {
        if (ability.writes() && !ability.name().equals("Connections.disconnect")) {
          theirs.call(ability);
          assertThat(besidesTheList(mine))
              .as("%s after %s of %s", KEY, ability.signature(), key)
              .isEqualTo(before);
        }
      }
      store.connections().disconnect(key);
      assertThat(besidesTheList(mine))
          .as("%s after %s was disconnected", KEY, key)
          .isEqualTo(before);
    }
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(59), T0.plusSeconds(99)))
        .as("the lease of %s is still held", KEY)
        .isEmpty();
  }

  /** Which grows with each connection of the tenant. */
  private static Map<String, String> besidesTheList(StoreMethods spi) {
    Map<String, String> answers = spi.answers();
    answers.remove("Connections.list[String]");
    answers.remove("Outbox.undelivered[String, String, int]");
    return answers;
  }

  @Check(id = "STO-21a", rule = "A connection that is made again starts empty.")
  public final void disconnecting_erases_everything_and_can_be_repeated() {
    Scope scope = Scope.of(ISSUE);
    commit(
        step()
            .record(run(RUN, T0))
            .item(issue("1"))
            .checkpoint(Checkpoint.none(scope))
            .failed(failure(scope, "2", 1, T0)));
    store.connections().disconnect(KEY);
    store.connections().disconnect(KEY);
    store = reopen(store);
    assertThat(store.connections().find(KEY)).isEmpty();
    store.connections().create(connection(KEY, "g2"));
    assertThat(ids()).isEmpty();
    assertThat(events()).isEmpty();
    assertThat(store.corpus().documentsAfter(KEY, Optional.empty(), 10)).isEmpty();
    assertThat(store.checkpoints().checkpoint(KEY, scope)).isEmpty();
    assertThat(store.journal().failures(KEY, 10)).isEmpty();
    assertThat(store.journal().runs(KEY, 10)).isEmpty();
  }
}
