package dev.corpusync.benchmarks.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables and statements of the hand-written contenders. Like the keys of the engine, their keys
 * begin with tenant, connection and kind, since separating tenants is part of the work.
 */
final class Tables {
  static final String ARTIFACT =
      "INSERT INTO artifact (tenant, connection, kind, id, hash, payload) VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (tenant, connection, kind, id)"
          + " DO UPDATE SET hash = excluded.hash, payload = excluded.payload";
  static final String DOCUMENT =
      "INSERT INTO document (tenant, connection, kind, id, title, status) VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (tenant, connection, kind, id)"
          + " DO UPDATE SET title = excluded.title, status = excluded.status";
  static final String CHUNK =
      "INSERT INTO chunk (tenant, connection, kind, id, chunk, text) VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (tenant, connection, kind, id, chunk) DO UPDATE SET text = excluded.text";
  static final String EVENT =
      "INSERT INTO event (tenant, connection, number, kind, id) VALUES (?, ?, ?, ?, ?)";
  static final String POSITION =
      "INSERT INTO position (tenant, connection, kind, reached) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (tenant, connection, kind) DO UPDATE SET reached = excluded.reached";

  private Tables() {}

  static void create(Connection connection, Database database) throws SQLException {
    String key = database.key();
    String owner =
        "tenant " + key + " NOT NULL, connection " + key + " NOT NULL, kind " + key + " NOT NULL, ";
    String id = owner + "id " + key + " NOT NULL, ";
    List<String> tables =
        List.of(
            "artifact ("
                + id
                + "hash TEXT NOT NULL, payload "
                + database.bytes()
                + " NOT NULL, PRIMARY KEY (tenant, connection, kind, id))",
            "document ("
                + id
                + "title TEXT NOT NULL, status TEXT NOT NULL,"
                + " PRIMARY KEY (tenant, connection, kind, id))",
            "chunk ("
                + id
                + "chunk "
                + key
                + " NOT NULL, text TEXT NOT NULL,"
                + " PRIMARY KEY (tenant, connection, kind, id, chunk))",
            "event (" + id + "number BIGINT NOT NULL, PRIMARY KEY (tenant, connection, number))",
            "position ("
                + owner
                + "reached TEXT NOT NULL, PRIMARY KEY (tenant, connection, kind))");
    try (Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute("CREATE TABLE IF NOT EXISTS " + table);
      }
    }
    connection.commit();
  }

  static long lastEvent(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COALESCE(max(number), 0) FROM event")) {
      row.next();
      return row.getLong(1);
    }
  }
}
