package dev.corpusync.relational;

import dev.corpusync.document.Ref;
import org.jspecify.annotations.Nullable;

/**
 * A row for a table, its values set by column name. A column that is not set is NULL; tenant and
 * connection are added by {@link Writes}.
 */
final class Row {
  private final Table table;
  private final @Nullable Object[] values;

  Row(Table table) {
    this.table = table;
    values = new Object[table.columns().size()];
  }

  /**
   * @param value a Long, String or byte array, as the column's type says, or null for NULL
   */
  Row set(String column, @Nullable Object value) {
    values[table.position(column)] = value;
    return this;
  }

  /** Sets the columns kind and id. */
  Row ref(Ref ref) {
    return set("kind", ref.kind().name()).set("id", ref.id());
  }

  long number(String column) {
    return (Long) java.util.Objects.requireNonNull(values[table.position(column)], column);
  }

  /**
   * @param position in {@link Table#columns()}
   */
  @Nullable Object at(int position) {
    return values[position];
  }
}
