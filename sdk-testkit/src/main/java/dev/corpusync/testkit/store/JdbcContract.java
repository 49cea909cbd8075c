package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;

/**
 * What a store in a {@link DataSource} of the host must do beyond {@link StoreContract}, as tests:
 * a fault at any call, a lost connection, migrations, and good manners with what is not its own.
 *
 * @since 0.1
 */
@NullUnmarked // the database is there before each test
public abstract class JdbcContract extends StoreFixture {
  private static final String CANARY = "canary4711";
  private DataSource database;

  /** A database that holds nothing, another one at each call. */
  protected abstract DataSource emptyDatabase();

  /** Opens a store there, and brings its tables forward. */
  protected abstract Store open(DataSource source);

  /** Makes the tables look like those of the version that comes after the newest. */
  protected abstract void makeNewer(DataSource source) throws SQLException;

  /** All that one finds who takes the files, or a dump of all rows. */
  protected abstract byte[] raw(DataSource source) throws Exception;

  /**
   * All that is stored, in a form that can be compared; what a store's answers show, if not more.
   */
  protected Map<String, ?> stored(DataSource source) throws SQLException {
    return new StoreMethods(store, fence, step().build()).answers();
  }

  @Override
  protected final Store open() {
    database = emptyDatabase();
    return open(database);
  }

  @Override
  protected final Store reopen(Store before) {
    before.close();
    return open(database);
  }

  /** A store with things in it, on another database than before. */
  private void startOn(DataSource source) {
    store = open(source);
    fence = connect(KEY);
    seed();
  }

  final void seed() {
    Ref p = PROJECT.ref("p");
    Ref user = USER.ref("u");
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(item(ONE, Optional.of(p), Access.inherited(), "text", user))
            .item(item(ISSUE.ref("2"), Optional.of(p), Access.inherited(), "text", user))
            .item(item(ISSUE.ref("3"), Optional.of(PROJECT.ref("q")), Access.inherited(), "text"))
            .failed(failure(SCOPE, "4", 1, T0))
            .seen(Commit.Seen.of(SCOPE, 0, new long[] {1}))
            .held(
                HeldDeletion.builder("plan-1", dev.corpusync.sync.Scope.of(ISSUE))
                    .total(2)
                    .since(T0)
                    .build())
            .heldIds("plan-1", List.of("1"))
            .record(run("before", T0)));
    store.outbox().positions("acme", "index");
  }

  /** Changes something of everything that {@link #seed} has put there. */
  final Commit.Builder change() {
    Ref p = PROJECT.ref("p");
    return step()
        .item(container("p", by(BOB), true))
        .item(item(ONE, Optional.of(p), Access.inherited(), "new text", USER.ref("v")))
        .item(item(ISSUE.ref("9"), Optional.of(p), Access.inherited(), "more", USER.ref("v")))
        .delete(PROJECT.ref("q"))
        .changed(Dependency.record(USER.ref("u")))
        .entityTag(new EntityTag("call", "tag", ISSUE.ref("9")))
        .failed(failure(SCOPE, "5", 1, T0))
        .resolved(SCOPE, "4")
        .checkpoint(Checkpoint.none(SCOPE))
        .clearSeen(SCOPE)
        .seen(Commit.Seen.of(SCOPE, 1, new long[] {2}))
        .held(HeldDeletion.builder("plan-2", SCOPE).total(2).since(T0).build())
        .heldIds("plan-2", List.of("2"))
        .released("plan-2", List.of("3"))
        .decided("plan-1")
        .record(run(RUN, T0))
        .count(
            Counts.builder()
                .seen(1)
                .stored(1)
                .unchanged(1)
                .hidden(1)
                .failed(1)
                .requests(1)
                .build());
  }

  @Check(id = "STO-02b", rule = "A fault at any call leaves all of a commit or nothing.")
  public final void a_fault_at_any_call_leaves_all_of_a_commit_or_nothing() throws SQLException {
    sweep(new JdbcFaults(), false, stride());
  }

  @Check(
      id = "STO-17a",
      rule = "A lost connection is an error that says so, and the next call gets another one.")
  public final void a_connection_lost_at_any_call_leaves_all_or_nothing_and_the_store_works_on()
      throws SQLException {
    sweep(new JdbcFaults(), true, PROFILE == Profile.LONG ? 1 : 7 * stride());
  }

  /** From one call that fails to the next; a quick run tries a sample. */
  int stride() {
    return PROFILE.choose(5, 1, 1);
  }

  private void sweep(JdbcFaults faults, boolean lost, int stride) throws SQLException {
    DataSource clean = emptyDatabase();
    startOn(clean);
    final Map<String, ?> before = stored(clean);
    commit(change());
    final Map<String, ?> after = stored(clean);
    assertThat(after).isNotEqualTo(before);
    int durable = 0;
    int point = 1;
    DataSource trial = emptyDatabase();
    startOn(faults.around(trial));
    boolean fired = true;
    while (fired) {
      if (lost) {
        faults.loseConnectionAt(point);
      } else {
        faults.failAt(point);
      }
      boolean failed = false;
      try {
        commit(change());
      } catch (StoreException e) {
        failed = true;
      }
      fired = faults.fired();
      assertThat(failed && !fired).as("a commit failed after %s without a fault", point).isFalse();
      faults.never();
      Map<String, ?> now = stored(trial);
      if (!failed) {
        assertThat(now).as("call %s failed and nobody was told", point).isEqualTo(after);
      } else if (!now.equals(before)) {
        assertThat(now).as("half a commit after a fault at call %s", point).isEqualTo(after);
        durable++;
      }
      if (!now.equals(before) && fired) {
        trial = emptyDatabase();
        startOn(faults.around(trial));
      }
      point += stride;
    }
    System.out.println(
        getClass().getSimpleName()
            + ": "
            + (point - 1) / stride
            + (lost ? " losses of the connection, " : " faults, ")
            + durable
            + " after the commit was durable");
    assertThat(point).as("calls of a commit").isGreaterThan(20);
  }

  @Check(id = "STO-18a", rule = "Opening again finds what is stored.")
  public final void a_database_can_be_opened_again_and_again() {
    commit(step().item(issue("1")));
    store = reopen(store);
    store = reopen(store);
    assertThat(ids()).containsExactly("1");
  }

  @Check(id = "STO-18b", rule = "Many nodes may open an empty database at one time.")
  public final void many_nodes_may_open_an_empty_database_at_once() throws Exception {
    DataSource shared = emptyDatabase();
    ParallelWork.run(
        4,
        n -> {
          try (Store one = open(shared)) {
            return one.connections().create(connection(KEY, "g1"));
          }
        });
    store = open(shared);
    fence = acquire(KEY, T0, 60);
    commit(step().item(issue("1")));
    assertThat(ids()).containsExactly("1");
  }

  @Check(id = "STO-18c", rule = "A migration that dies at any point is done by the next one.")
  public final void a_migration_that_dies_at_any_call_is_done_by_the_next() {
    JdbcFaults faults = new JdbcFaults();
    DataSource trial = emptyDatabase();
    DataSource dying = faults.around(trial);
    // a statement is made, run and closed: every second call meets each of them
    int stride = PROFILE == Profile.LONG ? 1 : 2 * stride();
    int point = 1;
    boolean fired = true;
    while (fired) {
      faults.loseConnectionAt(point);
      point += stride;
      boolean failed = false;
      try {
        open(dying).close();
      } catch (StoreException e) {
        failed = true;
      }
      fired = faults.fired();
      faults.never();
      if (fired && !failed) {
        trial = emptyDatabase();
        dying = faults.around(trial);
      }
    }
    assertThat(point).as("calls of a migration").isGreaterThan(20);
    startOn(trial);
    assertThat(ids()).containsExactly("1", "2", "3");
  }

  @Check(id = "STO-18d", rule = "Tables of a newer version are not touched.")
  public final void tables_of_a_newer_version_are_refused() throws SQLException {
    store.close();
    makeNewer(database);
    assertThatThrownBy(() -> open(database))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer");
  }

  @Check(id = "STO-19a", rule = "A call uses one connection, and gives it back.")
  public final void a_call_uses_one_connection_and_gives_it_back() {
    WatchedDataSource lending = new WatchedDataSource();
    startOn(lending.around(emptyDatabase()));
    commit(change());
    StoreMethods spi = new StoreMethods(store, fence, undoing().build());
    for (StoreMethods.Ability ability : StoreMethods.abilities()) {
      spi.call(ability);
    }
    Fence stale = new Fence(KEY, "g1", 0);
    assertThatThrownBy(() -> store.commit(Commit.under(stale, RUN).build()))
        .isInstanceOf(LeaseLostException.class);
    assertThat(lending.most()).as("connections in use at one time").isEqualTo(1);
    assertThat(lending.lent()).as("connections that were not given back").isZero();
  }

  @Check(
      id = "STO-25a",
      rule = "A connection comes back as it was lent.",
      level = Check.Level.SHOULD)
  public final void a_connection_comes_back_as_it_was_lent() {
    WatchedDataSource lending = new WatchedDataSource();
    startOn(lending.around(emptyDatabase()));
    commit(change());
    assertThat(ids()).containsExactly("1", "2", "9");
    assertThat(lending.complaints()).isEmpty();
  }

  @Check(id = "STO-21b", rule = "What is erased cannot be found in the files.")
  public final void what_is_erased_cannot_be_found_in_the_files() throws Exception {
    // as a pool has one: a database may tidy up when its last connection closes
    try (Connection idle = database.getConnection()) {
      try (ResultSet tables = idle.getMetaData().getTables(null, null, "%", null)) {
        assertThat(tables.next()).isTrue();
      }
      eraseAndLook();
    }
  }

  private void eraseAndLook() throws Exception {
    commit(step().item(issue("stays")));
    fence = connect(OTHER);
    String repeated = (CANARY + " ").repeat(2_000);
    for (int page = 0; page < 3; page++) {
      Commit.Builder step = step().failed(failure(SCOPE, CANARY + page, 1, T0));
      for (int i = 0; i < 40; i++) {
        String id = CANARY + i;
        step.item(item(ISSUE.ref(id), Optional.empty(), by(ANN), i == 0 ? repeated : id + page))
            .entityTag(new EntityTag(id, CANARY, ISSUE.ref(id)));
      }
      commit(step);
    }
    assertThat(contains(raw(database), CANARY)).as("this test finds what is stored").isTrue();
    store.connections().disconnect(OTHER);
    assertThat(contains(raw(database), CANARY))
        .as("something of what was erased is in the files or rows")
        .isFalse();
    assertThat(ids()).containsExactly("stays");
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }
}
