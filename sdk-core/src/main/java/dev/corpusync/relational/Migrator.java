package dev.corpusync.relational;

import dev.corpusync.error.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Brings our tables forward, script by script, in one transaction. Touches nothing outside our
 * schema or prefix.
 */
final class Migrator {
  /** Append only: a published script never changes. */
  private static final List<String> SCRIPTS =
      List.of(
          "schema-1.sql",
          "schema-2.sql",
          "schema-3.sql",
          "schema-4.sql",
          "schema-5.sql",
          "schema-6.sql");

  private static final String VERSION_TABLE =
      "CREATE TABLE {migration} (version BIGINT NOT NULL PRIMARY KEY)";

  private final Transactions transactions;
  private final Dialect dialect;

  Migrator(Transactions transactions) {
    this.transactions = transactions;
    dialect = transactions.dialect();
  }

  void prepare(Schema mode) {
    if (mode == Schema.NONE) {
      return;
    }
    // looked at first without a write, so that a store of the right version opens where only
    // reading is allowed
    long found = transactions.read("read the version of the schema", this::version);
    requireNotNewer(found);
    if (found < SCRIPTS.size() && mode == Schema.VALIDATE) {
      throw new StoreException(
          "the Corpusync tables in the "
              + dialect.product()
              + " database have version "
              + found
              + ", this library needs version "
              + SCRIPTS.size()
              + ": open with Schema.MIGRATE, or run what RelationalStore.sql(database, "
              + found
              + ") prints");
    }
    if (found < SCRIPTS.size()) {
      transactions.write("migrate the schema to version " + SCRIPTS.size(), this::migrate);
    }
  }

  private long migrate(Handle handle) throws java.sql.SQLException {
    dialect.prepareMigration(handle.getConnection());
    // read again: another process may have migrated while this one waited
    long found = version(handle);
    requireNotNewer(found);
    if (!hasVersionTable(handle)) {
      Dialect.execute(handle.getConnection(), dialect.ddl(VERSION_TABLE));
    }
    for (int version = (int) found + 1; version <= SCRIPTS.size(); version++) {
      for (String statement : statements(version)) {
        Dialect.execute(handle.getConnection(), statement);
      }
      handle
          .createUpdate("INSERT INTO {migration} (version) VALUES (:version)")
          .bind("version", version)
          .execute();
    }
    return found;
  }

  private void requireNotNewer(long found) {
    if (found > SCRIPTS.size()) {
      throw new StoreException(
          "the Corpusync tables in the "
              + dialect.product()
              + " database have version "
              + found
              + ", this library knows up to version "
              + SCRIPTS.size()
              + ": use the newer Corpusync that wrote them, or restore a backup from before its first start");
    }
  }

  private long version(Handle handle) {
    return hasVersionTable(handle)
        ? handle
            .createQuery("SELECT max(version) FROM {migration}")
            .mapTo(Long.class)
            .findOne()
            .orElse(0L)
        : 0;
  }

  private boolean hasVersionTable(Handle handle) {
    return Optional.of(handle.createQuery(dialect.findVersionTable()).mapTo(Long.class).one())
        .filter(n -> n > 0)
        .isPresent();
  }

  /** What tables of this version lack, 0 being an empty database; to be run by hand. */
  static String script(Dialect dialect, int from) {
    if (from < 0 || from > SCRIPTS.size()) {
      throw new IllegalArgumentException(
          "there is no version " + from + " of the tables, only up to " + SCRIPTS.size());
    }
    StringBuilder all = new StringBuilder();
    if (from == 0) {
      all.append(dialect.createPlace()).append(dialect.ddl(VERSION_TABLE)).append(";\n\n");
    }
    for (int version = from + 1; version <= SCRIPTS.size(); version++) {
      all.append(dialect.ddl(resource(version)).strip());
      all.append("\n\n")
          .append(dialect.sql("INSERT INTO {migration} (version) VALUES ("))
          .append(version)
          .append(");\n");
    }
    return all.toString();
  }

  private List<String> statements(int version) {
    return List.of(
        dialect.ddl(resource(version)).replaceAll("(?m)^--.*$", "").strip().split(";\\s*"));
  }

  private static String resource(int version) {
    String name = SCRIPTS.get(version - 1);
    try (InputStream in = Migrator.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the library's jar is incomplete: " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the library's jar cannot be read", e);
    }
  }
}
