package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes one commit in one transaction, which holds the row of its connection from the first
 * statement on (P1, P2).
 */
final class SqlCommit {
  private final Transactions transactions;
  private final Dialect dialect;

  /** A connection's row as locked. */
  private record Locked(String generation, long fence, long lastEvent) {}

  SqlCommit(Transactions transactions) {
    this.transactions = transactions;
    dialect = transactions.dialect();
  }

  CommitResult commit(Commit commit) {
    ConnectionKey key = Storable.key(commit.fence().key());
    return transactions.write("commit a step of a run", handle -> write(handle, key, commit));
  }

  private CommitResult write(Handle handle, ConnectionKey key, Commit commit) throws SQLException {
    long before = lock(handle, key, commit.fence()).lastEvent();
    Writes writes = dialect.writes(handle, key);
    EventWriter events = new EventWriter(handle, dialect, key, before, writes);
    int deleted =
        commit.deletions().isEmpty() ? 0 : new Cascade(handle, dialect, key).delete(commit, events);
    if (!commit.items().isEmpty()) {
      new PageWriter(handle, dialect, key, commit.items()).write(writes);
      events.items(commit.items());
    }
    if (!commit.changed().isEmpty()) {
      writes.send();
      StaleMarks.changed(handle, key, commit.changed());
    }
    RunRows rows = new RunRows(writes, key);
    rows.write(commit);
    Counts counts =
        commit
            .counts()
            .plus(Counts.builder().deleted(deleted).events(events.last() - before).build());
    rows.addCounts(commit.run(), counts);
    if (events.last() > before) {
      writes.run(
          "UPDATE {connection} SET last_event = ? WHERE tenant = ? AND id = ?",
          List.of(events.last(), key.tenant(), key.id()));
    }
    writes.send();
    return new CommitResult(counts);
  }

  private static Locked lock(Handle handle, ConnectionKey key, Fence fence) {
    return ConnectionRows.bind(
            key,
            handle.createQuery(
                "SELECT generation, fence, last_event FROM {connection} WHERE tenant = :tenant AND id = :connection #lock"))
        .map(
            (row, context) ->
                new Locked(
                    row.getString("generation"), row.getLong("fence"), row.getLong("last_event")))
        .findOne()
        .filter(
            row ->
                row.generation.equals(Storable.text(fence.generation()))
                    && row.fence == fence.number())
        .orElseThrow(
            () ->
                new LeaseLostException(
                    "a commit for connection "
                        + key
                        + " was refused: another worker took over or it was disconnected; this run must stop"));
  }
}
