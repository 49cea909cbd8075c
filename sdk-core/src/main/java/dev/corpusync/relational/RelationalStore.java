package dev.corpusync.relational;

import dev.corpusync.error.StoreException;
import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.Feature;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * A store in SQLite or PostgreSQL. Its tables are in a schema of their own, {@code corpusync}, or
 * on SQLite begin with {@code corpusync_}, so it can share a database with the host and with any
 * migration tool of the host. Safe for use by many threads; on PostgreSQL also by many processes. A
 * call uses one connection at a time, so a pool of one is enough. The JDBC driver is the host's to
 * bring.
 *
 * <p>Failures are {@link StoreException}s: they name what was attempted and what to do, never a
 * statement, a value or a JDBC URL.
 *
 * @since 0.1
 */
public final class RelationalStore implements Store {
  private static final Set<Feature> FEATURES =
      Set.of(
          Feature.ENTITY_TAGS,
          Feature.RUN_WAITS,
          Feature.HELD_DELETIONS,
          Feature.FULL_PASS_OWED,
          Feature.ROUNDS,
          Feature.SCOPE_DEPENDENCIES,
          Feature.UNREAD_PARTS,
          Feature.OLDER_REVISIONS,
          Feature.SECRETS);

  private final SqlCommit commits;
  private final SqlConnections connections;
  private final SqlCorpus corpus;
  private final SqlJournal journal;
  private final SqlOutbox outbox;
  private final SqlSecrets secrets;
  private final Runnable onClose;

  private RelationalStore(Transactions transactions, Runnable onClose) {
    commits = new SqlCommit(transactions);
    connections = new SqlConnections(transactions);
    corpus = new SqlCorpus(transactions);
    journal = new SqlJournal(transactions);
    outbox = new SqlOutbox(transactions);
    secrets = new SqlSecrets(transactions);
    this.onClose = onClose;
  }

  /**
   * Opens a store in the host's database, whose kind is read from a connection, and brings its
   * tables up to date.
   */
  public static Store open(DataSource source) {
    return open(source, Schema.MIGRATE);
  }

  /**
   * Opens a store in the host's database, whose kind is read from a connection. The data source
   * stays open when the store closes.
   *
   * @throws dev.corpusync.error.DataSourceException when the data source gives no connection
   * @throws StoreException when the database is neither SQLite nor PostgreSQL, or of another
   *     version than {@code schema} accepts
   */
  public static Store open(DataSource source, Schema schema) {
    return open(Jdbi.create(source), detect(source), schema, () -> {});
  }

  /** Opens or creates a store in a file, in WAL mode, with connections of its own. */
  public static Store sqlite(Path file) {
    return sqlite(file, Schema.MIGRATE);
  }

  /** Opens a store in a file, in WAL mode, with connections of its own. */
  public static Store sqlite(Path file, Schema schema) {
    SqliteFile connections = new SqliteFile(file);
    Jdbi jdbi = Jdbi.create(connections);
    jdbi.setStatementBuilderFactory(connections);
    return open(jdbi, Database.SQLITE, schema, connections::close);
  }

  /**
   * The DDL of all tables, for {@link Schema#VALIDATE}: run it on a database that has none of them.
   */
  public static String sql(Database database) {
    return sql(database, 0);
  }

  /**
   * The DDL that brings tables of an earlier version up to date, for {@link Schema#VALIDATE}.
   *
   * @param from the version that the tables have, as the refusal to open says it; 0 for none
   */
  public static String sql(Database database, int from) {
    return Migrator.script(database.dialect(), from);
  }

  private static Store open(Jdbi jdbi, Database database, Schema schema, Runnable onClose) {
    Transactions transactions = new Transactions(jdbi, database.dialect());
    boolean opened = false;
    try {
      new Migrator(transactions).prepare(schema);
      transactions.watchFile();
      opened = true;
      return new RelationalStore(transactions, onClose);
    } finally {
      if (!opened) {
        onClose.run();
      }
    }
  }

  private static Database detect(DataSource source) {
    try (Connection connection = connection(source)) {
      String product = connection.getMetaData().getDatabaseProductName();
      return Arrays.stream(Database.values())
          .filter(d -> d.dialect().product().equalsIgnoreCase(product))
          .findFirst()
          .orElseThrow(
              () ->
                  new StoreException(
                      "a store cannot be kept in " + product + ": use SQLite or PostgreSQL"));
    } catch (SQLException e) {
      throw Failures.ofOpening(e);
    }
  }

  /** A pool throws exceptions of its own. */
  private static Connection connection(DataSource source) throws SQLException {
    try {
      return source.getConnection();
    } catch (RuntimeException e) {
      throw Failures.ofOpening(e);
    }
  }

  @Override
  public CommitResult commit(Commit commit) {
    Feature.require(this, commit.needs(), "commit a step of a run");
    return commits.commit(commit);
  }

  @Override
  public Set<Feature> features() {
    return FEATURES;
  }

  @Override
  public Connections connections() {
    return connections;
  }

  @Override
  public Leases leases() {
    return connections;
  }

  @Override
  public Corpus corpus() {
    return corpus;
  }

  @Override
  public Checkpoints checkpoints() {
    return journal;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    onClose.run();
  }
}
