package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a commit says of its run beside items: checkpoint, failures, plans, counts. */
final class RunRows {
  /** The ids of plans that went with the container of their scope. */
  static final String IDS_WITHOUT_PLAN =
      "DELETE FROM {held_id}"
          + ConnectionRows.WHERE
          + " AND plan NOT IN (SELECT plan FROM {held}"
          + ConnectionRows.WHERE
          + ")";

  private final Writes writes;
  private final ConnectionKey key;

  RunRows(Writes writes, ConnectionKey key) {
    this.writes = writes;
    this.key = key;
  }

  void write(Commit commit) throws SQLException {
    writes.upsert(Table.ENTITY_TAG, entityTags(commit.entityTags()));
    writes.upsert(Table.FAILURE, failures(commit.failures()));
    List<Row> resolved = new ArrayList<>();
    commit.resolved().forEach(r -> resolved.add(failure(r.scope(), r.id())));
    writes.delete(Table.FAILURE, resolved);
    if (commit.fullPassOwed().isPresent()) {
      oweFullPasses(commit.fullPassOwed().get());
    }
    writes.upsert(Table.SCOPE_DEPENDENCY, dependencies(commit.scopeDependencies()));
    writes.upsert(Table.UNREAD_PART, unread(commit.unread()));
    List<Row> read = new ArrayList<>();
    commit
        .read()
        .forEach(
            r ->
                read.add(
                    Table.UNREAD_PART
                        .row()
                        .ref(Storable.ref(r.item()))
                        .set("part", Storable.text(r.part()))));
    writes.delete(Table.UNREAD_PART, read);
    writes.upsert(Table.CHECKPOINT, row(commit.checkpoint().map(RunRows::checkpoint)));
    if (commit.clearSeen().isPresent()) {
      deleteOf(Table.SEEN, commit.clearSeen().get());
    }
    writes.upsert(Table.SEEN, row(commit.seen().map(RunRows::seen)));
    if (commit.held().isPresent()) {
      hold(commit.held().get());
    }
    writes.upsert(Table.HELD_ID, ids(commit.heldIds()));
    writes.delete(Table.HELD_ID, ids(commit.released()));
    if (commit.decided().isPresent()) {
      writes.delete(
          Table.HELD, List.of(Table.HELD.row().set("plan", Storable.text(commit.decided().get()))));
      writes.run(
          "DELETE FROM {held_id} WHERE tenant = ? AND connection = ? AND plan = ?",
          List.of(key.tenant(), key.id(), Storable.text(commit.decided().get())));
    }
    writes.upsert(Table.RUN, row(commit.record().map(RunRows::run)));
    if (commit.record().isPresent()) {
      abandonOthers(commit.record().get());
    }
  }

  private void oweFullPasses(FullPassReason reason) throws SQLException {
    writes.run(
        "UPDATE {checkpoint} SET full_pass_owed = ?"
            + " WHERE tenant = ? AND connection = ? AND full_pass_owed IS NULL",
        List.of(reason.name(), key.tenant(), key.id()));
  }

  private static List<Row> row(Optional<Row> row) {
    return row.stream().toList();
  }

  private void hold(HeldDeletion plan) throws SQLException {
    writes.run(
        "DELETE FROM {held_id} WHERE tenant = ? AND connection = ? AND plan IN (SELECT plan FROM"
            + " {held} WHERE tenant = ? AND connection = ? AND stream = ? AND partition_key = ?)",
        List.of(
            key.tenant(),
            key.id(),
            key.tenant(),
            key.id(),
            stream(plan.scope()),
            partition(plan.scope())));
    deleteOf(Table.HELD, plan.scope());
    writes.upsert(Table.HELD, List.of(held(plan)));
  }

  private static List<Row> ids(Optional<Commit.PlanIds> of) {
    return of.stream()
        .flatMap(
            plan ->
                plan.ids().stream()
                    .map(Storable::text)
                    .distinct()
                    .map(
                        id ->
                            Table.HELD_ID
                                .row()
                                .set("plan", Storable.text(plan.plan()))
                                .set("id", id)))
        .toList();
  }

  private void deleteOf(Table table, Scope scope) throws SQLException {
    writes.run(
        "DELETE FROM {"
            + table.id()
            + "} WHERE tenant = ? AND connection = ? AND stream = ? AND partition_key = ?",
        List.of(key.tenant(), key.id(), stream(scope), partition(scope)));
  }

  /** The last of two for one call stands, as one statement cannot write a row twice. */
  private static List<Row> entityTags(List<EntityTag> tags) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (EntityTag tag : tags) {
      String call = Storable.text(tag.call());
      rows.put(
          call,
          Table.ENTITY_TAG
              .row()
              .set("call", call)
              .set("etag", Storable.text(tag.etag()))
              .set("owner", Encoding.ref(Optional.of(tag.owner()))));
    }
    return List.copyOf(rows.values());
  }

  /** Two of one item are one row with the attempts of both. */
  private static List<Row> failures(List<FailedItem> failures) {
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    for (FailedItem f : failures) {
      List<String> id = List.of(stream(f.scope()), partition(f.scope()), Storable.text(f.id()));
      Optional<Row> before = Optional.ofNullable(rows.get(id));
      rows.put(
          id,
          failure(f.scope(), f.id())
              .set("readable", Encoding.identity(f.identity()))
              .set("reason", Storable.text(f.reason()))
              .set("attempts", f.attempts() + before.map(b -> b.number("attempts")).orElse(0L))
              .set(
                  "first_at",
                  before.map(b -> b.number("first_at")).orElse(Encoding.micros(f.first())))
              .set("last_at", Encoding.micros(f.last())));
    }
    return List.copyOf(rows.values());
  }

  private static List<Row> dependencies(List<ScopeDependency> dependencies) {
    return new LinkedHashSet<>(dependencies)
        .stream()
            .map(
                d ->
                    at(Table.SCOPE_DEPENDENCY, d.scope())
                        .set("target", Storable.text(d.on().text()))
                        .set("answer", d.answer().name()))
            .toList();
  }

  /** The last of two for one part stands, as one statement cannot write a row twice. */
  private static List<Row> unread(List<UnreadPart> parts) {
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    for (UnreadPart p : parts) {
      rows.put(
          List.of(p.item().toString(), p.part()),
          Table.UNREAD_PART
              .row()
              .ref(Storable.ref(p.item()))
              .set("part", Storable.text(p.part()))
              .set("partition_key", partition(p.scope()))
              .set("reason", Storable.text(p.reason()))
              .set("attempts", (long) p.attempts())
              .set("first_at", Encoding.micros(p.first()))
              .set("last_at", Encoding.micros(p.last()))
              .set("next_at", Encoding.micros(p.next())));
    }
    return List.copyOf(rows.values());
  }

  private static Row failure(Scope scope, String id) {
    return at(Table.FAILURE, scope).set("id", Storable.text(id));
  }

  private static Row checkpoint(Checkpoint p) {
    Row row =
        at(Table.CHECKPOINT, p.scope())
            .set("watermark", Encoding.micros(p.watermark()))
            .set("delta_token", Encoding.cursor(p.deltaToken()))
            .set("completed", p.completed() ? 1L : 0L)
            .set("suspects", Storable.text(p.suspects()))
            .set("settings_fingerprint", Storable.text(p.settingsFingerprint()))
            .set("tombstoned", Encoding.texts(p.tombstoned()))
            .set("full_pass_owed", p.fullPassOwed().map(Enum::name).orElse(null))
            .set("round", Storable.text(p.round()))
            .set("hidden_under", Storable.text(p.hiddenUnder()))
            .set("pass_mode", p.pass().map(pass -> pass.mode().name()).orElse(null));
    // the columns of a pass are NOT NULL; without a mode they are not read
    Pass pass = p.pass().orElse(Pass.begin(Pass.Mode.FULL));
    return row.set("pass_next", Encoding.cursor(pass.next()))
        .set("pass_candidate", Encoding.micros(pass.candidate()))
        .set("pass_delta_token", Encoding.cursor(pass.deltaToken()))
        .set("pass_pages", (long) pass.pages())
        .set("pass_proof", pass.proof().name())
        .set("pass_ended", pass.ended() ? 1L : 0L)
        .set("pass_cycle_trail", Storable.text(pass.cycleTrail()));
  }

  private static Row seen(Commit.Seen s) {
    return at(Table.SEEN, s.scope())
        .set("page", (long) s.page())
        .set("ids", Encoding.longs(s.ids()));
  }

  private static Row held(HeldDeletion h) {
    return at(Table.HELD, h.scope())
        .set("plan", Storable.text(h.plan()))
        .set("total", (long) h.total())
        .set("documents", (long) h.documents())
        .set("reason", h.reason().name())
        .set("since", Encoding.micros(h.since()));
  }

  private static Row run(Run r) {
    Counts c = r.counts();
    return Table.RUN
        .row()
        .set("id", Storable.text(r.id()))
        .set("cause", r.trigger().name())
        .set("state", r.state().name())
        .set("started", Encoding.micros(r.started()))
        .set("ended", Encoding.micros(r.ended()))
        .set("message", Storable.text(r.message()))
        .set("failure_kind", r.failureKind().name())
        .set("not_before", Encoding.micros(r.notBefore()))
        .set("round", Storable.text(r.round()))
        .set("seen", c.seen())
        .set("stored", c.stored())
        .set("unchanged", c.unchanged())
        .set("hidden", c.hidden())
        .set("failed", c.failed())
        .set("deleted", c.deleted())
        .set("events", c.events())
        .set("requests", c.requests());
  }

  /**
   * A run that begins holds the fence, so every other one that is still RUNNING has died. Since
   * each that begins looks, it is among the newest: the old ones are not read.
   */
  private void abandonOthers(Run run) throws SQLException {
    if (run.state() == Run.State.RUNNING) {
      writes.run(
          "UPDATE {run} SET state = 'ABANDONED', ended = ?"
              + " WHERE tenant = ? AND connection = ? AND state = 'RUNNING' AND id <> ?"
              + " AND id IN (SELECT id FROM {run} WHERE tenant = ? AND connection = ?"
              + SqlJournal.NEWEST_FIRST
              + " LIMIT 10)",
          List.of(
              Encoding.micros(run.started()),
              key.tenant(),
              key.id(),
              Storable.text(run.id()),
              key.tenant(),
              key.id()));
    }
  }

  void addCounts(String run, Counts counts) throws SQLException {
    if (!counts.equals(Counts.ZERO)) {
      writes.run(
          "UPDATE {run} SET seen = seen + ?, stored = stored + ?, unchanged = unchanged + ?,"
              + " hidden = hidden + ?, failed = failed + ?, deleted = deleted + ?, events = events + ?,"
              + " requests = requests + ? WHERE tenant = ? AND connection = ? AND id = ?",
          List.of(
              counts.seen(),
              counts.stored(),
              counts.unchanged(),
              counts.hidden(),
              counts.failed(),
              counts.deleted(),
              counts.events(),
              counts.requests(),
              key.tenant(),
              key.id(),
              Storable.text(run)));
    }
  }

  private static Row at(Table table, Scope scope) {
    return table.row().set("stream", stream(scope)).set("partition_key", partition(scope));
  }

  private static String stream(Scope scope) {
    return scope.stream().name();
  }

  private static String partition(Scope scope) {
    return Encoding.ref(scope.partition());
  }
}
