package dev.corpusync.connection;

import java.util.Set;

/**
 * A condition under which a field is shown. A closed value.
 *
 * @param setting the name of another field, declared before it
 * @param values of that field with which it is shown; when there are none, with any value
 * @since 0.1
 */
public record Condition(String setting, Set<String> values) {
  public Condition {
    values = Set.copyOf(values);
  }

  /**
   * @param value of the other field; blank when it has none
   */
  public boolean holds(String value) {
    return values.isEmpty() ? !value.isBlank() : values.contains(value);
  }
}
