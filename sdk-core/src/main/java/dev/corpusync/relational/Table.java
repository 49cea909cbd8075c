package dev.corpusync.relational;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every table of the schema: its columns and key, whose its rows are, and by which columns a row
 * belongs to a record. Erasure, the cascade of a deletion and the page writer derive their
 * statements from here, and a test compares it with the schema of both databases, so that a new
 * table cannot be forgotten.
 */
enum Table {
  CONNECTION(
      Owner.TENANT,
      Set.of(),
      key("tenant"),
      key("id"),
      kept("connector"),
      kept("generation"),
      kept("settings"),
      keptNumber("fence"),
      keptNumber("lease_until"),
      keptNumber("last_event"),
      kept("state"),
      kept("account"),
      kept("realm"),
      kept("removals")),
  ACCOUNT_KEY(Owner.CONNECTION, Set.of(), key("connector"), key("name")),
  ARTIFACT(
      Owner.CONNECTION,
      Set.of(Link.RECORD),
      key("kind"),
      key("id"),
      compared("parent"),
      compared("hash"),
      compared("revision"),
      compared("access_mode"),
      compared("readers"),
      number("derivation", Role.COMPARED),
      compared("older"),
      new Column("payload", Type.BYTES, Role.REPLACED),
      new Column("parts", Type.BYTES, Role.COMPARED)),
  DOCUMENT(
      Owner.CONNECTION,
      Set.of(Link.RECORD),
      key("kind"),
      key("id"),
      compared("metadata_hash"),
      compared("missing"),
      compared("title"),
      compared("fields")),
  CHUNK(
      Owner.CONNECTION,
      Set.of(Link.RECORD),
      key("kind"),
      key("id"),
      key("chunk"),
      number("ordinal", Role.COMPARED),
      compared("hash"),
      replaced("text")),
  DEPENDENCY(Owner.CONNECTION, Set.of(Link.RECORD), key("kind"), key("id"), key("target")),
  SCOPE_DEPENDENCY(
      Owner.CONNECTION,
      Set.of(Link.PARTITION),
      key("stream"),
      key("partition_key"),
      key("target"),
      key("answer")),
  UNREAD_PART(
      Owner.CONNECTION,
      Set.of(Link.RECORD, Link.PARTITION),
      key("kind"),
      key("id"),
      key("part"),
      replaced("partition_key"),
      replaced("reason"),
      number("attempts", Role.ADDED),
      keptNumber("first_at"),
      number("last_at", Role.REPLACED),
      number("next_at", Role.REPLACED)),
  /** Events outlive their record: they tell that it was deleted. */
  EVENT(
      Owner.CONNECTION,
      Set.of(),
      number("number", Role.KEY),
      replaced("kind"),
      replaced("id"),
      number("aspects", Role.REPLACED),
      replaced("changed"),
      replaced("removed")),
  CHECKPOINT(
      Owner.CONNECTION,
      Set.of(Link.PARTITION),
      key("stream"),
      key("partition_key"),
      number("watermark", Role.REPLACED),
      replaced("delta_token"),
      number("completed", Role.REPLACED),
      replaced("suspects"),
      replaced("settings_fingerprint"),
      replaced("hidden_under"),
      replaced("pass_mode"),
      replaced("pass_next"),
      number("pass_candidate", Role.REPLACED),
      replaced("pass_delta_token"),
      number("pass_pages", Role.REPLACED),
      replaced("pass_proof"),
      number("pass_ended", Role.REPLACED),
      replaced("pass_cycle_trail"),
      replaced("full_pass_owed"),
      replaced("round"),
      replaced("tombstoned")),
  SEEN(
      Owner.CONNECTION,
      Set.of(Link.PARTITION),
      key("stream"),
      key("partition_key"),
      number("page", Role.KEY),
      new Column("ids", Type.BYTES, Role.REPLACED)),
  FAILURE(
      Owner.CONNECTION,
      Set.of(Link.PARTITION, Link.STREAM_ID),
      key("stream"),
      key("partition_key"),
      key("id"),
      number("readable", Role.REPLACED),
      replaced("reason"),
      number("attempts", Role.ADDED),
      keptNumber("first_at"),
      number("last_at", Role.REPLACED)),
  HELD(
      Owner.CONNECTION,
      Set.of(Link.PARTITION),
      key("plan"),
      replaced("stream"),
      replaced("partition_key"),
      number("total", Role.REPLACED),
      number("since", Role.REPLACED),
      number("documents", Role.REPLACED),
      replaced("reason")),
  /** Goes with its plan: see {@link RunRows#IDS_WITHOUT_PLAN}. */
  HELD_ID(Owner.CONNECTION, Set.of(), key("plan"), key("id")),
  RUN(
      Owner.CONNECTION,
      Set.of(),
      key("id"),
      kept("cause"),
      replaced("state"),
      keptNumber("started"),
      number("ended", Role.REPLACED),
      replaced("message"),
      replaced("failure_kind"),
      number("not_before", Role.REPLACED),
      kept("round"),
      keptNumber("seen"),
      keptNumber("stored"),
      keptNumber("unchanged"),
      keptNumber("hidden"),
      keptNumber("failed"),
      keptNumber("deleted"),
      keptNumber("events"),
      keptNumber("requests")),
  ENTITY_TAG(
      Owner.CONNECTION, Set.of(Link.OWNER), key("call"), compared("etag"), compared("owner")),
  SUBSCRIBER(
      Owner.TENANT,
      Set.of(),
      key("tenant"),
      key("subscriber"),
      key("connection"),
      key("generation"),
      keptNumber("acknowledged"),
      keptNumber("snapshot"),
      kept("snapshot_after"),
      keptNumber("disconnected"),
      keptNumber("restart")),
  /** It outlives its document, whose deletion may be what was not delivered. */
  UNDELIVERED(
      Owner.CONNECTION,
      Set.of(),
      key("subscriber"),
      key("kind"),
      key("id"),
      kept("generation"),
      keptNumber("aspects"),
      kept("removed"),
      kept("reason"),
      keptNumber("attempts"),
      keptNumber("first_at"),
      keptNumber("last_at"),
      keptNumber("not_before")),
  SECRET(
      Owner.VAULT,
      Set.of(),
      key("field"),
      keptNumber("version"),
      kept("key_id"),
      new Column("sealed", Type.BYTES, Role.KEPT)),
  CLAIM(Owner.VAULT, Set.of(), key("field"), kept("owner"), keptNumber("expires")),
  SECRET_FLOOR(Owner.STORE, Set.of(), number("one", Role.KEY), keptNumber("version")),
  MIGRATION(Owner.STORE, Set.of(), number("version", Role.KEY)),
  WORK(Owner.TRANSACTION, Set.of(), key("kind"), key("id"));

  private final Owner owner;
  private final Set<Link> links;
  private final List<Column> columns;
  private final Map<String, Integer> positions = new HashMap<>();

  Table(Owner owner, Set<Link> links, Column... columns) {
    this.owner = owner;
    this.links = links;
    this.columns = List.of(columns);
    for (int position = 0; position < columns.length; position++) {
      positions.put(columns[position].name(), position);
    }
  }

  /** Whose the rows are, which says when they are erased. */
  enum Owner {
    /** Erased when the connection is disconnected. The key begins with tenant and connection. */
    CONNECTION,
    /** Erased by {@link SqlSecrets}, also before there is a connection. The same key. */
    VAULT,
    /** Filled and emptied within one transaction. The same key. */
    TRANSACTION,
    /** The tenant's: {@link SqlConnections} deletes them or turns them into a note by itself. */
    TENANT,
    /** The store's own bookkeeping, which holds nothing of any tenant. */
    STORE;

    /** Whether the first two columns are tenant and connection. */
    boolean hasConnection() {
      return this == CONNECTION || this == VAULT || this == TRANSACTION;
    }
  }

  /** By which columns a row belongs to a record, and is deleted with it. */
  enum Link {
    /** kind and id. */
    RECORD,
    /** partition_key: the container of a scope. */
    PARTITION,
    /** stream and id. */
    STREAM_ID,
    /** owner. */
    OWNER
  }

  /** How a column is sent. */
  enum Type {
    TEXT,
    NUMBER,
    BYTES
  }

  /** What an upsert does to a column of a row that exists already. */
  enum Role {
    KEY,
    /** Replaced; when no such column differs the row is not touched. */
    COMPARED,
    /** Replaced with the row. */
    REPLACED,
    /** The sum. */
    ADDED,
    /** Stays. */
    KEPT
  }

  /** One column. */
  record Column(String name, Type type, Role role) {}

  static List<Table> ownedBy(Owner owner) {
    return Arrays.stream(values()).filter(table -> table.owner == owner).toList();
  }

  static List<Table> linkedBy(Link link) {
    return Arrays.stream(values()).filter(table -> table.links.contains(link)).toList();
  }

  Owner owner() {
    return owner;
  }

  Set<Link> links() {
    return links.isEmpty() ? Set.of() : EnumSet.copyOf(links);
  }

  /** Without the tenant and connection that rows of a connection begin with. */
  List<Column> columns() {
    return columns;
  }

  List<Column> keys() {
    return columns.stream().filter(c -> c.role() == Role.KEY).toList();
  }

  /** The position of a column in {@link #columns()}. */
  int position(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("the table " + id() + " has no column " + column);
    }
    return position;
  }

  Row row() {
    return new Row(this);
  }

  /** With the placeholders of {@link Dialect}. */
  String insert() {
    return "INSERT INTO {" + id() + "} AS t (tenant, connection, " + names(columns) + ") ";
  }

  /** The name in the schema, without the prefix. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String onConflict() {
    String head = " ON CONFLICT (tenant, connection, " + names(keys()) + ") DO ";
    String set =
        columns.stream()
            .flatMap(
                c ->
                    switch (c.role()) {
                      case KEY, KEPT -> Stream.<String>empty();
                      case COMPARED, REPLACED -> Stream.of(c.name() + " = excluded." + c.name());
                      case ADDED ->
                          Stream.of(c.name() + " = t." + c.name() + " + excluded." + c.name());
                    })
            .collect(Collectors.joining(", "));
    // P8: the same content again must not write a row
    String differs =
        columns.stream()
            .filter(c -> c.role() == Role.COMPARED)
            .map(c -> "t." + c.name() + " <> excluded." + c.name())
            .collect(Collectors.joining(" OR "));
    return head
        + (set.isEmpty()
            ? "NOTHING"
            : "UPDATE SET " + set + (differs.isEmpty() ? "" : " WHERE " + differs));
  }

  static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static Column key(String name) {
    return new Column(name, Type.TEXT, Role.KEY);
  }

  private static Column compared(String name) {
    return new Column(name, Type.TEXT, Role.COMPARED);
  }

  private static Column replaced(String name) {
    return new Column(name, Type.TEXT, Role.REPLACED);
  }

  private static Column kept(String name) {
    return new Column(name, Type.TEXT, Role.KEPT);
  }

  private static Column keptNumber(String name) {
    return new Column(name, Type.NUMBER, Role.KEPT);
  }

  private static Column number(String name, Role role) {
    return new Column(name, Type.NUMBER, role);
  }
}
