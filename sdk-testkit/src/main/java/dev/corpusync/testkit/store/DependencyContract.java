package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Revision;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.OlderRevision;
import dev.corpusync.store.PartRead;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import dev.corpusync.testkit.check.Check;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** What answers are made of besides their record, and what a change of it makes stale (P9). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class DependencyContract extends DerivationContract {
  private static final Ref P = PROJECT.ref("p");

  private List<String> due(Kind kind, int version) {
    return store.corpus().stale(KEY, kind, version, Optional.empty(), 100).stream()
        .map(a -> a.ref().id())
        .toList();
  }

  @Check(
      id = "STO-30c",
      rule = "A deletion makes what looked up the deleted item stale, in its commit.")
  public final void a_deleted_reference_makes_exactly_the_documents_that_used_it_stale() {
    Ref ann = USER.ref("ann");
    commit(
        step()
            .item(ItemWrite.of(artifact(ann, Optional.empty(), "ann", by())))
            .item(item(ONE, Optional.empty(), by(ANN), "x", ann))
            .item(item(ISSUE.ref("2"), Optional.empty(), by(ANN), "y", USER.ref("bob"))));
    commit(step().delete(ann));
    assertThat(due(ISSUE, 1)).containsExactly("1");
    commit(step().item(item(ONE, Optional.empty(), by(ANN), "x", ann)));
    assertThat(due(ISSUE, 1)).isEmpty();
    // it is stored again
    commit(
        step()
            .item(ItemWrite.of(artifact(ann, Optional.empty(), "ann", by())))
            .changed(Dependency.record(ann)));
    assertThat(due(ISSUE, 1)).containsExactly("1");
  }

  @Check(
      id = "STO-30d",
      rule = "What is below a deleted container is a deletion, too, for what looked it up.")
  public final void what_falls_with_its_container_makes_stale_what_looked_it_up() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(item(ISSUE.ref("in"), Optional.of(P), by(ANN), "x"))
            .item(item(ISSUE.ref("out"), Optional.empty(), by(ANN), "y", ISSUE.ref("in"))));
    commit(step().delete(P));
    assertThat(due(ISSUE, 1)).containsExactly("out");
  }

  @Check(
      id = "STO-30e",
      rule = "A changed container makes stale what depends on it in its scope, and nothing else.")
  public final void a_container_that_changes_makes_exactly_the_items_of_its_scope_stale() {
    Ref q = PROJECT.ref("q");
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(container("q", by(ANN), false))
            .item(item(ONE, Optional.of(P), by(ANN), "x"))
            .item(item(ISSUE.ref("2"), Optional.of(q), by(ANN), "y"))
            .scopeDependency(dependency(Dependency.part(P, "members"))));
    commit(step().changed(Dependency.record(P)));
    assertThat(due(ISSUE, 1)).as("they depend on its members, not on its record").isEmpty();
    commit(step().changed(Dependency.part(q, "members")));
    assertThat(due(ISSUE, 1)).as("another container").isEmpty();
    commit(step().changed(Dependency.part(P, "members")));
    assertThat(due(ISSUE, 1)).containsExactly("1");
    assertThat(state(ISSUE, "1").stale()).isTrue();
  }

  @Check(
      id = "STO-30f",
      rule = "A changed setting makes stale the streams that depend on it, and nothing else.")
  public final void a_setting_that_changes_makes_exactly_the_streams_that_used_it_stale() {
    commit(
        step()
            .item(container("p", by(ANN), false).withVersion(1))
            .item(issue("1"))
            .item(issue("2"))
            .scopeDependency(dependency(Dependency.setting("site"))));
    Connection before = store.connections().find(KEY).orElseThrow();
    assertThat(store.connections().replace(before, with(before, "other", "x"))).isTrue();
    assertThat(due(ISSUE, 1)).isEmpty();
    Connection again = store.connections().find(KEY).orElseThrow();
    assertThat(store.connections().replace(again, with(again, "site", "elsewhere"))).isTrue();
    assertThat(due(ISSUE, 1)).containsExactly("1", "2");
    assertThat(due(PROJECT, 1)).isEmpty();
  }

  private static Connection with(Connection connection, String name, String value) {
    Map<String, String> values = new java.util.TreeMap<>(connection.settings().values());
    values.put(name, value);
    return new Connection(
        connection.key(),
        connection.connector(),
        connection.generation(),
        Settings.stored(values),
        connection.state(),
        connection.account());
  }

  @Check(id = "STO-30g", rule = "Another version makes a container due.")
  public final void another_version_of_a_stream_makes_its_containers_due() {
    commit(
        step()
            .item(container("p", by(ANN), false).withVersion(2))
            .item(container("q", Access.inherited(), false).withVersion(1)));
    assertThat(state(PROJECT, "p").version()).isEqualTo(2);
    assertThat(due(PROJECT, 2)).containsExactly("q");
  }

  @Check(id = "STO-30h", rule = "A kind is looked up once a document looked up one of it.")
  public final void which_kinds_are_looked_up_is_known() {
    assertThat(store.corpus().isLookedUp(KEY, USER)).isFalse();
    commit(step().item(item(ONE, Optional.empty(), by(ANN), "x", USER.ref("ann"))));
    assertThat(store.corpus().isLookedUp(KEY, USER)).isTrue();
    assertThat(store.corpus().isLookedUp(KEY, Kind.of("use"))).isFalse();
    assertThat(store.corpus().isLookedUp(KEY, Kind.of("users"))).isFalse();
    assertThat(store.corpus().isLookedUp(KEY, ISSUE)).isFalse();
  }

  @Check(
      id = "STO-30i",
      rule = "A part that could not be read is kept until it is read or its item is deleted.")
  public final void an_unread_part_adds_attempts_until_it_is_read() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(item(ONE, Optional.of(P), by(ANN), "x"))
            .item(item(ISSUE.ref("2"), Optional.of(P), by(ANN), "y"))
            .unread(unread(ONE, "comments", 9))
            .unread(unread(ISSUE.ref("2"), "comments", 1)));
    commit(step().unread(unread(ONE, "comments", 5).toBuilder().first(T0.plusSeconds(77)).build()));
    List<UnreadPart> of = store.journal().unreadParts(KEY, SCOPE, 10);
    assertThat(of).extracting(UnreadPart::item).containsExactly(ISSUE.ref("2"), ONE);
    assertThat(of.get(1)).isEqualTo(unread(ONE, "comments", 5).toBuilder().attempts(2).build());
    assertThat(store.journal().unreadParts(KEY, Scope.of(ISSUE), 10)).isEmpty();
    assertThat(store.journal().unreadParts(KEY, 1))
        .extracting(UnreadPart::item)
        .containsExactly(ONE);
    commit(step().read(new PartRead(ONE, "comments")));
    commit(step().delete(ISSUE.ref("2")));
    assertThat(store.journal().unreadParts(KEY, 10)).isEmpty();
  }

  @Check(
      id = "STO-30j",
      rule = "An older revision that was seen is kept until its item is written without.")
  public final void an_older_revision_is_kept_with_its_item() {
    Optional<OlderRevision> older = Optional.of(new OlderRevision(Revision.number(6), "run-1"));
    commit(step().item(issue("1").withOlder(older)).item(issue("2")));
    assertThat(state(ISSUE, "1").older()).isEqualTo(older);
    assertThat(state(ISSUE, "2").older()).isEmpty();
    commit(step().item(issue("1")));
    assertThat(state(ISSUE, "1").older()).isEmpty();
  }
}
