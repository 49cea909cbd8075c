package dev.corpusync.relational;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.connection.ConnectionKey;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Marks as stale what was made of something that changes (P9). The database collects it in {work},
 * since much may depend on one record.
 */
final class StaleMarks {
  private static final String COLLECT = "INSERT INTO {work} (tenant, connection, kind, id) ";
  private static final String LOOKED_UP =
      "SELECT tenant, connection, kind, id FROM {dependency}"
          + ConnectionRows.WHERE
          + " AND target #ids";
  private static final String IN_SCOPES =
      " UNION SELECT t.tenant, t.connection, t.kind, t.id FROM {scope_dependency} s #within{s}"
          + " WHERE s.tenant = :tenant AND s.connection = :connection AND s.target #ids"
          + " AND t.kind = s.stream";
  private static final String MARK =
      "UPDATE {artifact} SET derivation = derivation + 1 WHERE derivation % 2 = 0 AND ";

  private StaleMarks() {}

  static void changed(Handle handle, ConnectionKey key, Collection<Dependency> changed) {
    List<String> targets = changed.stream().map(Dependency::text).toList();
    ConnectionRows.bind(
            key, handle.createUpdate(COLLECT + "SELECT * FROM (" + LOOKED_UP + IN_SCOPES + ") x"))
        .bind("ids", new Transactions.Texts(targets))
        .execute();
    mark(handle, key);
    Cascade.clear(handle, key);
  }

  /** Of what looked up the records in {work}, which are deleted by now. */
  static void deleted(Handle handle, ConnectionKey key) {
    ConnectionRows.bind(
            key,
            handle.createUpdate(
                COLLECT
                    + "SELECT d.tenant, d.connection, d.kind, d.id FROM {work} w"
                    + " CROSS JOIN {dependency} d WHERE w.tenant = :tenant AND w.connection = :connection"
                    + " AND d.target = w.kind || ':' || w.id AND d.tenant = w.tenant"
                    + " AND d.connection = w.connection ON CONFLICT DO NOTHING"))
        .execute();
    mark(handle, key);
  }

  /** Of the streams whose answers depend on these settings. */
  static void reconfigured(Handle handle, ConnectionKey key, Collection<String> settings) {
    List<String> targets = settings.stream().map(name -> Dependency.setting(name).text()).toList();
    ConnectionRows.bind(
            key,
            handle.createUpdate(
                MARK
                    + "tenant = :tenant AND connection = :connection AND kind IN"
                    + " (SELECT stream FROM {scope_dependency}"
                    + ConnectionRows.WHERE
                    + " AND target #ids)"))
        .bind("ids", new Transactions.Texts(targets))
        .execute();
  }

  private static void mark(Handle handle, ConnectionKey key) {
    ConnectionRows.bind(key, handle.createUpdate(MARK + "#work{artifact}")).execute();
  }
}
