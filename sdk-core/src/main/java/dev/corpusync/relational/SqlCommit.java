package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes one commit in one transaction, which holds the row of its connection from the first
 * statement on (P1, P2).
 */
final class SqlCommit {
  private static final String MINE = " WHERE tenant = :tenant AND connection = :connection";
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
    return transactions.write(
        "commit a step of a run",
        transactions.plain(key, (handle, session) -> write(handle, session, key, commit)));
  }

  private CommitResult write(Handle handle, Session session, ConnectionKey key, Commit commit)
      throws SQLException {
    long before = lock(session, commit).lastEvent();
    Writes writes = session.writes();
    EventWriter events = new EventWriter(handle, dialect, key, before, writes);
    int deleted =
        commit.deletions().isEmpty() ? 0 : new Cascade(handle, dialect, key).delete(commit, events);
    if (!commit.items().isEmpty()) {
      new PageWriter(session, commit.items()).write(writes);
      events.items(commit.items());
    }
    if (!commit.changedReferences().isEmpty()) {
      writes.send();
      markStale(handle, key, commit.changedReferences());
    }
    writeRows(writes, commit);
    Counts counts =
        commit
            .counts()
            .plus(Counts.builder().deleted(deleted).events(events.last() - before).build());
    if (commit.record().isPresent()) {
      abandonOthers(writes, commit.record().get());
    }
    addCounts(writes, commit.run(), counts);
    if (events.last() > before) {
      writes.run(
          "UPDATE {connection} SET last_event = :last WHERE tenant = :tenant AND id = :connection",
          Map.of("last", events.last()));
    }
    writes.send();
    return new CommitResult(counts);
  }

  private static Locked lock(Session session, Commit commit) throws SQLException {
    List<Locked> found = new ArrayList<>(1);
    session.each(
        "SELECT generation, fence, last_event FROM {connection} WHERE tenant = :tenant AND id ="
            + " :connection #lock",
        row ->
            found.add(
                new Locked(
                    row.getString("generation"), row.getLong("fence"), row.getLong("last_event"))));
    return found.stream()
        .filter(
            row ->
                row.generation.equals(Storable.text(commit.fence().generation()))
                    && row.fence == commit.fence().number())
        .findFirst()
        .orElseThrow(
            () ->
                new LeaseLostException(
                    "a commit for connection "
                        + Storable.key(commit.fence().key())
                        + " was refused: another worker took over or it was disconnected; this run"
                        + " must stop"));
  }

  private static void markStale(Handle handle, ConnectionKey key, List<Ref> changed) {
    SqlConnections.of(
            key,
            handle.createUpdate(
                "INSERT INTO {work} (tenant, connection, kind, id)"
                    + " SELECT DISTINCT tenant, connection, kind, id FROM {dependency}"
                    + MINE
                    + " AND target #ids"))
        .bind("ids", new Transactions.Texts(changed.stream().map(Ref::toString).toList()))
        .execute();
    SqlConnections.of(
            key,
            handle.createUpdate(
                "UPDATE {document} SET derivation = derivation + 1"
                    + " WHERE derivation % 2 = 0 AND #work{document}"))
        .execute();
    Cascade.clear(handle, key);
  }

  private static void writeRows(Writes writes, Commit commit) throws SQLException {
    Map<String, Object[]> entityTags = new LinkedHashMap<>();
    commit
        .entityTags()
        .forEach(
            v ->
                entityTags.put(
                    Storable.text(v.call()),
                    new Object[] {
                      Storable.text(v.call()),
                      Storable.text(v.etag()),
                      Encoding.ref(Optional.of(v.owner()))
                    }));
    writes.upsert(Table.ENTITY_TAG, List.copyOf(entityTags.values()));
    writes.upsert(Table.FAILURE, failures(commit.failures()));
    List<Object[]> resolved = new ArrayList<>();
    commit
        .resolved()
        .forEach(
            r ->
                resolved.add(
                    new Object[] {stream(r.scope()), partition(r.scope()), Storable.text(r.id())}));
    writes.delete(Table.FAILURE, resolved);
    writes.upsert(
        Table.CHECKPOINT, commit.checkpoint().map(SqlCommit::checkpoint).stream().toList());
    if (commit.clearSeen().isPresent()) {
      deleteOf(writes, "seen", commit.clearSeen().get());
    }
    writes.upsert(Table.SEEN, commit.seen().map(SqlCommit::seen).stream().toList());
    if (commit.held().isPresent()) {
      deleteOf(writes, "held", commit.held().get().scope());
    }
    writes.upsert(Table.HELD, commit.held().map(SqlCommit::held).stream().toList());
    if (commit.decided().isPresent()) {
      writes.run(
          "DELETE FROM {held}" + MINE + " AND plan = :plan",
          Map.of("plan", commit.decided().get()));
    }
    writes.upsert(Table.RUN, commit.record().map(SqlCommit::run).stream().toList());
  }

  private static void deleteOf(Writes writes, String table, Scope scope) throws SQLException {
    writes.run(
        "DELETE FROM {"
            + table
            + "}"
            + MINE
            + " AND stream = :stream AND partition_key = :partition",
        Map.of("stream", stream(scope), "partition", partition(scope)));
  }

  /** Two of one item are one row with the attempts of both. */
  private static List<Object[]> failures(List<FailedItem> failures) {
    Map<List<String>, Object[]> rows = new LinkedHashMap<>();
    for (FailedItem f : failures) {
      List<String> id = List.of(stream(f.scope()), partition(f.scope()), Storable.text(f.id()));
      Object[] old = rows.get(id);
      rows.put(
          id,
          new Object[] {
            id.get(0),
            id.get(1),
            id.get(2),
            f.isIdentified() ? 1L : 0L,
            Storable.text(f.reason()),
            f.attempts() + (old == null ? 0L : (Long) old[5]),
            old == null ? (Object) Encoding.micros(f.first()) : old[6],
            Encoding.micros(f.last())
          });
    }
    return List.copyOf(rows.values());
  }

  private static Object[] checkpoint(Checkpoint p) {
    Optional<Pass> pass = p.pass();
    Pass shown = pass.orElse(Pass.begin(Pass.Mode.FULL));
    return new Object[] {
      stream(p.scope()),
      partition(p.scope()),
      Encoding.micros(p.watermark()),
      Encoding.cursor(p.deltaToken()),
      p.completed() ? 1L : 0L,
      Storable.text(p.suspects()),
      Storable.text(p.settingsFingerprint()),
      pass.map(x -> x.mode().name()).orElse(null),
      Encoding.cursor(shown.next()),
      Encoding.micros(shown.candidate()),
      Encoding.cursor(shown.deltaToken()),
      (long) shown.pages(),
      shown.proof().name(),
      shown.ended() ? 1L : 0L,
      Storable.text(shown.cycleTrail())
    };
  }

  private static Object[] seen(Commit.Seen s) {
    return new Object[] {
      stream(s.scope()), partition(s.scope()), (long) s.page(), Encoding.longs(s.ids())
    };
  }

  private static Object[] held(HeldDeletion h) {
    return new Object[] {
      Storable.text(h.plan()),
      stream(h.scope()),
      partition(h.scope()),
      Encoding.refs(h.refs()),
      (long) h.missing(),
      (long) h.total(),
      Encoding.micros(h.since())
    };
  }

  private static Object[] run(Run r) {
    Counts c = r.counts();
    return new Object[] {
      Storable.text(r.id()),
      r.trigger().name(),
      r.state().name(),
      Encoding.micros(r.started()),
      Encoding.micros(r.ended()),
      Storable.text(r.message()),
      r.failureKind().name(),
      Encoding.micros(r.notBefore()),
      c.seen(),
      c.stored(),
      c.unchanged(),
      c.hidden(),
      c.failed(),
      c.deleted(),
      c.events(),
      c.requests()
    };
  }

  /** A run that begins holds the fence, so whatever else still says RUNNING has died. */
  private static void abandonOthers(Writes writes, Run run) throws SQLException {
    if (run.state() == Run.State.RUNNING) {
      writes.run(
          "UPDATE {run} SET state = 'ABANDONED', ended = :now"
              + MINE
              + " AND state = 'RUNNING' AND id <> :run",
          Map.of("now", Encoding.micros(run.started()), "run", run.id()));
    }
  }

  private static void addCounts(Writes writes, String run, Counts counts) throws SQLException {
    if (!counts.equals(Counts.ZERO)) {
      writes.run(
          "UPDATE {run} SET seen = seen + :seen, stored = stored + :stored, unchanged = unchanged +"
              + " :unchanged, hidden = hidden + :hidden, failed = failed + :failed, deleted ="
              + " deleted + :deleted, events = events + :events, requests = requests + :requests"
              + MINE
              + " AND id = :run",
          Map.of(
              "run",
              run,
              "seen",
              counts.seen(),
              "stored",
              counts.stored(),
              "unchanged",
              counts.unchanged(),
              "hidden",
              counts.hidden(),
              "failed",
              counts.failed(),
              "deleted",
              counts.deleted(),
              "events",
              counts.events(),
              "requests",
              counts.requests()));
    }
  }

  private static String stream(Scope scope) {
    return scope.stream().name();
  }

  private static String partition(Scope scope) {
    return Encoding.ref(scope.partition());
  }
}
