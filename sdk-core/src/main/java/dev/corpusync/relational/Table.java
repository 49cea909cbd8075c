package dev.corpusync.relational;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that commits write rows of, and how a row that is there is changed. Every one begins with
 * tenant and connection, which are part of its key and are not among the columns here.
 */
enum Table {
  ARTIFACT(
      key("kind"),
      key("id"),
      compared("parent"),
      compared("hash"),
      compared("revision"),
      compared("access_mode"),
      compared("readers"),
      new Column("payload", Type.BYTES, Role.CARRIED),
      new Column("parts", Type.BYTES, Role.COMPARED)),
  DOCUMENT(
      key("kind"),
      key("id"),
      number("derivation", Role.COMPARED),
      compared("metadata_hash"),
      compared("missing"),
      compared("title"),
      compared("fields")),
  CHUNK(
      key("kind"),
      key("id"),
      key("chunk"),
      number("ordinal", Role.COMPARED),
      compared("hash"),
      carried("text")),
  DEPENDENCY(key("kind"), key("id"), key("target")),
  EVENT(
      number("number", Role.KEY),
      carried("kind"),
      carried("id"),
      number("aspects", Role.CARRIED),
      carried("changed"),
      carried("removed")),
  CHECKPOINT(
      key("stream"),
      key("partition_key"),
      number("watermark", Role.CARRIED),
      carried("delta_token"),
      number("completed", Role.CARRIED),
      carried("suspects"),
      carried("settings_fingerprint"),
      carried("pass_mode"),
      carried("pass_next"),
      number("pass_candidate", Role.CARRIED),
      carried("pass_delta_token"),
      number("pass_pages", Role.CARRIED),
      carried("pass_proof"),
      number("pass_ended", Role.CARRIED),
      carried("pass_cycle_trail")),
  SEEN(
      key("stream"),
      key("partition_key"),
      number("page", Role.KEY),
      new Column("ids", Type.BYTES, Role.CARRIED)),
  FAILURE(
      key("stream"),
      key("partition_key"),
      key("id"),
      number("readable", Role.CARRIED),
      carried("reason"),
      number("attempts", Role.ADDED),
      number("first_at", Role.KEPT),
      number("last_at", Role.CARRIED)),
  HELD(
      key("plan"),
      carried("stream"),
      carried("partition_key"),
      carried("refs"),
      number("missing", Role.CARRIED),
      number("total", Role.CARRIED),
      number("since", Role.CARRIED)),
  RUN(
      key("id"),
      new Column("cause", Type.TEXT, Role.KEPT),
      carried("state"),
      number("started", Role.KEPT),
      number("ended", Role.CARRIED),
      carried("message"),
      carried("failure_kind"),
      number("not_before", Role.CARRIED),
      number("seen", Role.KEPT),
      number("stored", Role.KEPT),
      number("unchanged", Role.KEPT),
      number("hidden", Role.KEPT),
      number("failed", Role.KEPT),
      number("deleted", Role.KEPT),
      number("events", Role.KEPT),
      number("requests", Role.KEPT)),
  ENTITY_TAG(key("call"), compared("etag"), compared("owner"));

  private final List<Column> columns;

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** How a column is sent. */
  enum Type {
    TEXT,
    NUMBER,
    BYTES
  }

  /** What happens to a column of a row that is there already. */
  enum Role {
    KEY,
    /** Replaced; when no such column differs the row is not touched. */
    COMPARED,
    /** Replaced with the row. */
    CARRIED,
    /** The sum. */
    ADDED,
    /** Stays. */
    KEPT
  }

  /** One column. */
  record Column(String name, Type type, Role role) {}

  List<Column> columns() {
    return columns;
  }

  List<Column> keys() {
    return columns.stream().filter(c -> c.role() == Role.KEY).toList();
  }

  /** With the marks of {@link Dialect}. */
  String insert() {
    return "INSERT INTO {" + id() + "} AS t (tenant, connection, " + names(columns) + ") ";
  }

  String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  String onConflict() {
    String head = " ON CONFLICT (tenant, connection, " + names(keys()) + ") DO ";
    String set =
        columns.stream()
            .flatMap(
                c ->
                    switch (c.role()) {
                      case KEY, KEPT -> Stream.<String>empty();
                      case COMPARED, CARRIED -> Stream.of(c.name() + " = excluded." + c.name());
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

  private static Column carried(String name) {
    return new Column(name, Type.TEXT, Role.CARRIED);
  }

  private static Column number(String name, Role role) {
    return new Column(name, Type.NUMBER, role);
  }
}
