package dev.corpusync.relational;

/**
 * The databases that a {@link RelationalStore} speaks to.
 *
 * @since 0.1
 */
public enum Database {
  SQLITE(new Sqlite()),
  POSTGRESQL(new Postgres());

  private final Dialect dialect;

  Database(Dialect dialect) {
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }
}
