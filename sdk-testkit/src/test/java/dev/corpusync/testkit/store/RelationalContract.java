package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.error.StoreException;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.relational.Schema;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Store;
import dev.corpusync.store.UndeliveredChange;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only our own tables can get wrong, beside what any store in a database can. */
abstract class RelationalContract extends QueryPlanContract {
  @TempDir java.nio.file.Path folder;

  @Override
  protected DataSource emptyDatabase() {
    return empty();
  }

  @Override
  protected Store open(DataSource source) {
    return RelationalStore.open(source);
  }

  @Override
  protected void makeNewer(DataSource source) throws SQLException {
    Rows.execute(source, "INSERT INTO " + prefix() + "migration (version) VALUES (99)");
  }

  /** Every row of the SDK's tables; scratch rows never outlive a commit. */
  @Override
  protected Map<String, List<String>> stored(DataSource source) throws SQLException {
    Map<String, List<String>> rows = Rows.dump(source, prefix());
    assertThat(rows.get("work")).isEmpty();
    return rows;
  }

  /**
   * Adds to a query of rows something that changes when a row is rewritten with the same values, or
   * starts a log of such writes.
   */
  abstract List<String> rowVersions(DataSource database) throws SQLException;

  static StoreFixture on(Store given) {
    StoreFixture fixture =
        new StoreFixture() {
          @Override
          protected Store open() {
            return given;
          }

          @Override
          protected Store reopen(Store before) {
            return before;
          }
        };
    fixture.openStore();
    return fixture;
  }

  static void seed(StoreFixture in) {
    Ref p = StoreFixture.PROJECT.ref("p");
    Ref q = StoreFixture.PROJECT.ref("q");
    in.commit(
        in.step()
            .item(StoreFixture.container("p", StoreFixture.by(StoreFixture.ANN), false))
            .item(
                StoreFixture.item(
                    StoreFixture.ISSUE.ref("1"),
                    Optional.of(p),
                    Access.inherited(),
                    "text",
                    StoreFixture.USER.ref("u")))
            .item(
                StoreFixture.item(
                    StoreFixture.ISSUE.ref("2"),
                    Optional.of(p),
                    Access.inherited(),
                    "text",
                    StoreFixture.USER.ref("u")))
            .item(
                StoreFixture.item(
                    StoreFixture.ISSUE.ref("3"), Optional.of(q), Access.inherited(), "text"))
            .failed(StoreFixture.failure(SCOPE, "4", 1, StoreFixture.T0))
            .seen(Commit.Seen.of(SCOPE, 0, new long[] {1}))
            .held(
                HeldDeletion.builder("plan-1", Scope.of(StoreFixture.ISSUE))
                    .total(2)
                    .since(StoreFixture.T0)
                    .build())
            .heldIds("plan-1", List.of("1"))
            .scopeDependency(StoreFixture.dependency(Dependency.record(p)))
            .unread(StoreFixture.unread(StoreFixture.ISSUE.ref("2"), "comments", 1))
            .record(StoreFixture.run("before", StoreFixture.T0)));
    in.store.outbox().positions("acme", "index");
    ConnectionKey key = in.fence.key();
    in.store
        .outbox()
        .keepUndelivered(
            UndeliveredChange.builder("index", key, in.fence.generation(), StoreFixture.ONE)
                .aspects(Set.of(Aspect.CONTENT))
                .build());
    in.store.secrets().replace(key, "token", 0, "k1", new byte[] {1});
    in.store.secrets().claim(key, "token", "ann", StoreFixture.T0, StoreFixture.T0.plusSeconds(60));
  }

  /** The store calls the account of a connection by this name from now on; its lease is void. */
  private static void nameAccount(StoreFixture in, ConnectionKey key) {
    Connection before = in.store.connections().find(key).orElseThrow();
    Account account = Account.of("7", "Ann").calledInWebhooks(Set.of("installation-7"));
    assertThat(in.store.connections().replace(before, before.with(account))).isTrue();
  }

  @Test
  void a_commit_of_the_same_content_rewrites_no_row() throws SQLException {
    DataSource database = empty();
    StoreFixture in = on(RelationalStore.open(database));
    seed(in);
    List<String> before = rowVersions(database);
    ItemWrite same =
        StoreFixture.item(
            StoreFixture.ISSUE.ref("2"),
            Optional.of(StoreFixture.PROJECT.ref("p")),
            Access.inherited(),
            "text",
            StoreFixture.USER.ref("u"));
    in.commit(
        in.step()
            .item(ItemWrite.of(same.artifact()).withDerived(same.derived()))
            .checkpoint(Checkpoint.none(SCOPE)));
    assertThat(rowVersions(database)).isEqualTo(before);
    in.commit(in.step().item(StoreFixture.issue("2")));
    assertThat(rowVersions(database)).as("a change is seen by this test").isNotEqualTo(before);
  }

  @Test
  void disconnecting_removes_the_rows_of_exactly_one_connection() throws SQLException {
    DataSource database = empty();
    Map<String, List<String>> alone = new TreeMap<>();
    StoreFixture other = on(RelationalStore.open(database));
    seed(other);
    other.commit(
        other
            .step()
            .entityTag(new EntityTag("call", "tag", StoreFixture.ISSUE.ref("1")))
            .checkpoint(Checkpoint.none(SCOPE)));
    nameAccount(other, StoreFixture.KEY);
    alone.putAll(Rows.dump(database, prefix()));
    assertThat(alone)
        .allSatisfy(
            (table, rows) ->
                assertThat(table.equals("work") || !rows.isEmpty()).as(table).isTrue());
    for (ConnectionKey key : List.of(StoreFixture.OTHER, StoreFixture.RIVAL)) {
      other.fence = other.connect(key);
      seed(other);
      nameAccount(other, key);
      other.store.outbox().unsubscribe("acme", "nobody");
      other.store.connections().disconnect(key);
    }
    other.store.outbox().positions("acme", "index").stream()
        .filter(p -> p.disconnected())
        .forEach(other.store.outbox()::acknowledge);
    other.store.outbox().unsubscribe("rival", "index");
    assertThat(Rows.dump(database, prefix())).isEqualTo(alone);
  }

  @Test
  void a_store_of_a_newer_version_is_refused_by_both_numbers() throws SQLException {
    DataSource database = empty();
    RelationalStore.open(database).close();
    Rows.execute(database, "INSERT INTO " + prefix() + "migration (version) VALUES (7)");
    for (Schema mode : List.of(Schema.MIGRATE, Schema.VALIDATE)) {
      assertThatThrownBy(() -> RelationalStore.open(database, mode))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("version 7")
          .hasMessageContaining("up to version 6")
          .hasMessageContaining("newer Corpusync");
    }
  }

  @Test
  void validate_refuses_an_empty_database_and_accepts_one_made_by_hand() throws SQLException {
    DataSource database = empty();
    assertThatThrownBy(() -> RelationalStore.open(database, Schema.VALIDATE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Schema.MIGRATE");
    Rows.run(database, RelationalStore.sql(database()));
    StoreFixture in = on(RelationalStore.open(database, Schema.VALIDATE));
    seed(in);
    assertThat(in.ids()).containsExactly("1", "2", "3");
  }

  /** As the first version made it, with a connection in it. */
  private DataSource first() throws SQLException {
    DataSource database = empty();
    String all = RelationalStore.sql(database());
    String second = RelationalStore.sql(database(), 1);
    assertThat(all).endsWith(second);
    Rows.run(database, all.substring(0, all.length() - second.length()));
    assertThat(Rows.of(database, "SELECT max(version) FROM " + prefix() + "migration"))
        .containsExactly("[1]");
    Rows.execute(
        database,
        "INSERT INTO "
            + prefix()
            + "connection (tenant, id, connector, generation, settings, fence, last_event)"
            + " VALUES ('acme', 'main', 'tracker', 'g1', '{}', 7, 3)");
    Rows.execute(
        database,
        "INSERT INTO "
            + prefix()
            + "held (tenant, connection, plan, stream, partition_key, refs, missing, total, since)"
            + " VALUES ('acme', 'main', 'old plan', 'issue', 'project:p',"
            + " '[[\"issue\",\"b:1 \\\"é\\\"\"],[\"issue\",\"a\"]]', 2, 9, 0)");
    return database;
  }

  @Test
  void a_store_of_version_1_is_migrated_and_keeps_what_it_has() throws SQLException {
    DataSource database = first();
    assertThatThrownBy(() -> RelationalStore.open(database, Schema.VALIDATE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("have version 1")
        .hasMessageContaining("needs version 6")
        .hasMessageContaining("RelationalStore.sql(database, 1)");
    StoreFixture in = on(RelationalStore.open(database));
    assertThat(in.fence.number()).isEqualTo(8);
    seed(in);
    assertThat(in.store.journal().held(StoreFixture.KEY, "old plan").map(HeldDeletion::missing))
        .contains(2);
    assertThat(in.store.journal().heldIds(StoreFixture.KEY, "old plan", Optional.empty(), 10))
        .containsExactly("a", "b:1 \"é\"");
    assertThat(in.store.secrets().find(StoreFixture.KEY, "token")).isPresent();

    DataSource byHand = first();
    Rows.run(byHand, RelationalStore.sql(database(), 1));
    Store opened = RelationalStore.open(byHand, Schema.VALIDATE);
    assertThat(opened.secrets().find(StoreFixture.KEY, "token")).isEmpty();
    assertThat(RelationalStore.sql(database(), 6)).isEmpty();
  }

  @Test
  void names_that_a_newer_node_has_written_are_read_on_the_safe_side() throws SQLException {
    DataSource database = empty();
    StoreFixture in = on(RelationalStore.open(database));
    seed(in);
    Checkpoint reading =
        Checkpoint.builder(SCOPE).pass(Optional.of(Pass.begin(Pass.Mode.INCREMENTAL))).build();
    in.commit(in.step().checkpoint(reading));
    Rows.execute(database, "UPDATE " + prefix() + "checkpoint SET pass_proof = 'TOMORROW'");
    assertThat(in.store.checkpoints().checkpoint(StoreFixture.KEY, SCOPE).orElseThrow().pass())
        .get()
        .extracting(Pass::proof)
        .as("an unknown proof proves nothing")
        .isEqualTo(Proof.NONE);
    for (String change :
        List.of(
            "run SET state = 'TOMORROW', cause = 'TOMORROW', failure_kind = 'TOMORROW'",
            "checkpoint SET pass_mode = 'TOMORROW'",
            "artifact SET access_mode = 'TOMORROW'",
            "event SET aspects = 1048576",
            "connection SET state = 'TOMORROW'")) {
      Rows.execute(database, "UPDATE " + prefix() + change);
    }
    Run run = in.store.journal().runs(StoreFixture.KEY, 1).get(0);
    assertThat(run.state()).isEqualTo(Run.State.UNKNOWN);
    assertThat(run.trigger()).isEqualTo(Run.Trigger.UNKNOWN);
    assertThat(run.failureKind()).isEqualTo(FailureKind.OTHER);
    assertThat(in.store.checkpoints().checkpoint(StoreFixture.KEY, SCOPE).orElseThrow().pass())
        .as("a pass of an unknown mode is begun again")
        .isEmpty();
    assertThat(in.readers(StoreFixture.ONE)).as("who may read it").isEmpty();
    assertThat(in.state(StoreFixture.ISSUE, "1").access().mode()).isEqualTo(Access.Mode.UNKNOWN);
    assertThat(in.events()).allMatch(e -> e.aspects().equals(Set.of(Aspect.CONTENT)));
    assertThat(in.store.connections().find(StoreFixture.KEY).orElseThrow().state())
        .as("an unknown connection is not synced")
        .isEqualTo(Connection.State.PAUSED);
  }

  @Test
  void flyway_works_before_and_after_in_the_same_database() throws Exception {
    java.nio.file.Files.writeString(
        folder.resolve("V1__host.sql"), "CREATE TABLE artifact (id INT PRIMARY KEY);");
    DataSource database = empty();
    flyway(database).migrate();
    StoreFixture in = on(RelationalStore.open(database));
    seed(in);
    java.nio.file.Files.writeString(
        folder.resolve("V2__host.sql"), "ALTER TABLE artifact ADD COLUMN name TEXT;");
    assertThat(flyway(database).migrate().migrationsExecuted).isEqualTo(1);
    flyway(database).validate();
    in.store = RelationalStore.open(database);
    assertThat(in.ids()).containsExactly("1", "2", "3");

    DataSource oursFirst = empty();
    RelationalStore.open(oursFirst).close();
    assertThat(flyway(oursFirst).migrate().migrationsExecuted).isEqualTo(2);
  }

  private Flyway flyway(DataSource database) {
    return Flyway.configure()
        .dataSource(database)
        .locations("filesystem:" + folder)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  @Test
  void a_failure_of_the_database_shows_no_content() throws SQLException {
    DataSource database = empty();
    StoreFixture in = on(RelationalStore.open(database));
    Rows.execute(database, "DROP TABLE " + prefix() + "event");
    StringWriter trace = new StringWriter();
    try {
      in.commit(
          in.step()
              .item(
                  StoreFixture.item(
                      StoreFixture.ISSUE.ref("confidential-id"),
                      Optional.empty(),
                      StoreFixture.by(StoreFixture.ANN),
                      "confidential")));
    } catch (StoreException e) {
      e.printStackTrace(new PrintWriter(trace));
    }
    assertThat(trace.toString())
        .contains("tried to commit a step of a run")
        .containsIgnoringCase(database().name())
        .doesNotContain("confidential");
    assertThat(in.ids()).isEmpty();
  }

  @Test
  void closing_a_store_leaves_the_data_source_of_the_host_open() throws SQLException {
    DataSource database = empty();
    RelationalStore.open(database).close();
    assertThat(RelationalStore.open(database, Schema.NONE).connections().list("acme")).isEmpty();
  }
}
