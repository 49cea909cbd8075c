package dev.corpusync.benchmarks.contender;

import java.net.URI;
import java.sql.SQLException;

/**
 * A contender: one way to do the work. Opened on an empty database or on one that it has filled
 * before.
 */
public interface Contender extends AutoCloseable {
  /** Reads every page once and stores it. */
  void run();

  /** The table that has two rows for each ticket once it has run. */
  default String chunks() {
    return "chunk";
  }

  @Override
  void close();

  /** Creates a contender; the time to open it is not measured. */
  interface Factory {
    Contender open(URI source, Database database) throws SQLException;
  }
}
