package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Runs, failures, plans, and how far each scope got. */
final class SqlJournal implements Journal, Checkpoints {
  private static final String OF_SCOPE =
      ConnectionRows.WHERE + " AND stream = :stream AND partition_key = :partition";

  /** With the number of ids that each plan holds now. */
  private static final String HELD =
      "SELECT h.*, (SELECT count(*) FROM {held_id} i WHERE i.tenant = h.tenant AND i.connection ="
          + " h.connection AND i.plan = h.plan) AS missing FROM {held} h";

  /** Names the condition of the index, which is true of every run. */
  static final String NEWEST_FIRST =
      " AND started > -9000000000000000000 ORDER BY started DESC, id DESC";

  private final Transactions transactions;

  SqlJournal(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Run> runs(ConnectionKey key, int limit) {
    return transactions.read(
        "list runs",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT * FROM {run}"
                            + ConnectionRows.WHERE
                            + NEWEST_FIRST
                            + " LIMIT :limit"))
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list());
  }

  @Override
  public List<Run> runs(ConnectionKey key, Instant latest, int limit) {
    return transactions.read(
        "list runs",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT * FROM {run}"
                            + ConnectionRows.WHERE
                            + " AND started <= :latest"
                            + NEWEST_FIRST
                            + " LIMIT :limit"))
                .bind("latest", latest)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list());
  }

  private static Run run(ResultSet row) throws SQLException {
    String id = row.getString("id");
    String round = row.getString("round");
    return Run.builder(new ConnectionKey(row.getString("tenant"), row.getString("connection")), id)
        // of an earlier version: each was a round of its own
        .round(round.isEmpty() ? id : round)
        .trigger(StoredEnums.trigger(row.getString("cause")))
        .state(StoredEnums.runState(row.getString("state")))
        .started(Encoding.time(row.getLong("started")))
        .ended(time(row, "ended"))
        .counts(
            Counts.builder()
                .seen(row.getLong("seen"))
                .stored(row.getLong("stored"))
                .unchanged(row.getLong("unchanged"))
                .hidden(row.getLong("hidden"))
                .failed(row.getLong("failed"))
                .deleted(row.getLong("deleted"))
                .events(row.getLong("events"))
                .requests(row.getLong("requests"))
                .build())
        .message(row.getString("message"))
        .failureKind(StoredEnums.failureKind(row.getString("failure_kind")))
        .notBefore(time(row, "not_before"))
        .build();
  }

  @Override
  public List<FailedItem> failures(ConnectionKey key, int limit) {
    return transactions.read(
        "list failed items",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT * FROM {failure}"
                            + ConnectionRows.WHERE
                            + " ORDER BY stream, partition_key, id LIMIT :limit"))
                .bind("limit", limit)
                .map((row, context) -> failure(row))
                .list());
  }

  @Override
  public List<FailedItem> failures(ConnectionKey key, Scope scope, int limit) {
    return transactions.read(
        "list failed items",
        handle ->
            of(
                    key,
                    scope,
                    handle.createQuery(
                        "SELECT * FROM {failure}" + OF_SCOPE + " ORDER BY id LIMIT :limit"))
                .bind("limit", limit)
                .map((row, context) -> failure(row))
                .list());
  }

  private static FailedItem failure(ResultSet row) throws SQLException {
    return FailedItem.builder(scope(row), row.getString("id"))
        .identity(Encoding.identity(row.getLong("readable")))
        .reason(row.getString("reason"))
        .attempts(row.getInt("attempts"))
        .first(Encoding.time(row.getLong("first_at")))
        .last(Encoding.time(row.getLong("last_at")))
        .build();
  }

  @Override
  public List<UnreadPart> unreadParts(ConnectionKey key, int limit) {
    return transactions.read(
        "list unread parts",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT * FROM {unread_part}"
                            + ConnectionRows.WHERE
                            + " ORDER BY kind, id, part LIMIT :limit"))
                .bind("limit", limit)
                .map((row, context) -> unreadPart(row))
                .list());
  }

  @Override
  public List<UnreadPart> unreadParts(ConnectionKey key, Scope scope, int limit) {
    return transactions.read(
        "list the unread parts of a scope",
        handle ->
            of(
                    key,
                    scope,
                    handle.createQuery(
                        "SELECT * FROM {unread_part}"
                            + ConnectionRows.WHERE
                            + " AND kind = :stream AND partition_key = :partition"
                            + " ORDER BY next_at, id, part LIMIT :limit"))
                .bind("limit", limit)
                .map((row, context) -> unreadPart(row))
                .list());
  }

  private static UnreadPart unreadPart(ResultSet row) throws SQLException {
    Ref item = SqlCorpus.ref(row);
    Scope scope = new Scope(item.kind(), Encoding.ref(row.getString("partition_key")));
    return UnreadPart.builder(scope, item, row.getString("part"))
        .reason(row.getString("reason"))
        .attempts(row.getInt("attempts"))
        .first(Encoding.time(row.getLong("first_at")))
        .last(Encoding.time(row.getLong("last_at")))
        .next(Encoding.time(row.getLong("next_at")))
        .build();
  }

  @Override
  public List<HeldDeletion> held(ConnectionKey key) {
    return transactions.read(
        "list held deletions",
        handle ->
            ConnectionRows.bind(
                    key, handle.createQuery(HELD + ConnectionRows.WHERE + " ORDER BY since, plan"))
                .map((row, context) -> held(row))
                .list());
  }

  @Override
  public Optional<HeldDeletion> held(ConnectionKey key, String plan) {
    return transactions.read(
        "read a held deletion",
        handle ->
            ConnectionRows.bind(
                    key, handle.createQuery(HELD + ConnectionRows.WHERE + " AND plan = :plan"))
                .bind("plan", plan)
                .map((row, context) -> held(row))
                .findOne());
  }

  @Override
  public Optional<HeldDeletion> held(ConnectionKey key, Scope scope) {
    return transactions.read(
        "read the held deletion of a scope",
        handle ->
            of(key, scope, handle.createQuery(HELD + OF_SCOPE))
                .map((row, context) -> held(row))
                .findOne());
  }

  @Override
  public List<String> heldIds(ConnectionKey key, String plan, Optional<String> after, int limit) {
    return transactions.read(
        "read ids of a held deletion",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT id FROM {held_id}"
                            + ConnectionRows.WHERE
                            + " AND plan = :plan AND id > :after ORDER BY id LIMIT :limit"))
                .bind("plan", plan)
                .bind("after", after.orElse(""))
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  private static HeldDeletion held(ResultSet row) throws SQLException {
    return HeldDeletion.builder(row.getString("plan"), scope(row))
        .missing(row.getInt("missing"))
        .total(row.getInt("total"))
        .documents(row.getInt("documents"))
        .reason(StoredEnums.heldReason(row.getString("reason")))
        .since(Encoding.time(row.getLong("since")))
        .build();
  }

  @Override
  public int purgeRunsBefore(ConnectionKey key, Instant before) {
    return transactions.write(
        "purge old runs",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createUpdate(
                        "DELETE FROM {run}"
                            + ConnectionRows.WHERE
                            + " AND ended IS NOT NULL AND started < :before AND id <>"
                            + " (SELECT id FROM {run}"
                            + ConnectionRows.WHERE
                            + NEWEST_FIRST
                            + " LIMIT 1)"))
                .bind("before", before)
                .execute());
  }

  @Override
  public Optional<Checkpoint> checkpoint(ConnectionKey key, Scope scope) {
    return transactions.read(
        "read the checkpoint of a scope",
        handle ->
            of(key, scope, handle.createQuery("SELECT * FROM {checkpoint}" + OF_SCOPE))
                .map((row, context) -> checkpoint(row))
                .findOne());
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    Optional<Pass.Mode> mode =
        Optional.ofNullable(row.getString("pass_mode")).flatMap(StoredEnums::passMode);
    return Checkpoint.builder(scope(row))
        .watermark(time(row, "watermark"))
        .deltaToken(Encoding.cursor(row.getString("delta_token")))
        .completed(row.getLong("completed") == 1)
        .pass(mode.isEmpty() ? Optional.empty() : Optional.of(pass(row, mode.get())))
        .suspects(row.getString("suspects"))
        .settingsFingerprint(row.getString("settings_fingerprint"))
        .tombstoned(Encoding.texts(row.getString("tombstoned")))
        .fullPassOwed(
            Optional.ofNullable(row.getString("full_pass_owed")).map(StoredEnums::fullPassReason))
        .round(row.getString("round"))
        .hiddenUnder(row.getString("hidden_under"))
        .build();
  }

  private static Pass pass(ResultSet row, Pass.Mode mode) throws SQLException {
    return Pass.builder(mode)
        .next(Encoding.cursor(row.getString("pass_next")))
        .candidate(time(row, "pass_candidate"))
        .deltaToken(Encoding.cursor(row.getString("pass_delta_token")))
        .pages(row.getInt("pass_pages"))
        .proof(StoredEnums.proof(row.getString("pass_proof")))
        .ended(row.getLong("pass_ended") == 1)
        .cycleTrail(row.getString("pass_cycle_trail"))
        .build();
  }

  @Override
  public List<long[]> seen(ConnectionKey key, Scope scope) {
    return transactions.read(
        "read the pages of a pass",
        handle ->
            of(
                    key,
                    scope,
                    handle.createQuery("SELECT ids FROM {seen}" + OF_SCOPE + " ORDER BY page"))
                .map((row, context) -> Encoding.longs(row.getBytes("ids")))
                .list());
  }

  @Override
  public Map<String, EntityTag> entityTags(ConnectionKey key, Collection<String> calls) {
    if (calls.isEmpty()) {
      return Map.of();
    }
    Map<String, EntityTag> stored = new HashMap<>();
    transactions
        .read(
            "read entity tags",
            handle ->
                ConnectionRows.bind(
                        key,
                        handle.createQuery(
                            "SELECT call, etag, owner FROM {entity_tag}"
                                + ConnectionRows.WHERE
                                + " AND call #ids"))
                    .bind("ids", new Transactions.Texts(calls))
                    .map(
                        (row, context) ->
                            new EntityTag(
                                row.getString("call"),
                                row.getString("etag"),
                                Encoding.ref(row.getString("owner")).orElseThrow()))
                    .list())
        .forEach(v -> stored.put(v.call(), v));
    Map<String, EntityTag> found = new LinkedHashMap<>();
    calls.forEach(
        call ->
            Optional.ofNullable(stored.get(Storable.text(call)))
                .ifPresent(v -> found.put(call, v)));
    return found;
  }

  private static Query of(ConnectionKey key, Scope scope, Query query) {
    return ConnectionRows.bind(key, query)
        .bind("stream", scope.stream().name())
        .bind("partition", scope.partitionKey());
  }

  private static Scope scope(ResultSet row) throws SQLException {
    return new Scope(
        Kind.of(row.getString("stream")), Encoding.ref(row.getString("partition_key")));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Encoding.time(micros));
  }
}
