package dev.corpusync.relational;

import dev.corpusync.store.Storable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL whose parameters have names, for plain JDBC.
 *
 * @param sql with a question mark for each parameter
 * @param names in the order of the question marks
 */
record Named(String sql, List<String> names) {
  private static final Pattern PARAMETER = Pattern.compile(":([a-z]\\w*)");

  static Named of(String sql) {
    List<String> names = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(sql);
    return new Named(
        parameter.replaceAll(
            found -> {
              names.add(found.group(1));
              return "?";
            }),
        List.copyOf(names));
  }

  /**
   * Binds a Long, a String or an array of texts for each name.
   *
   * @return the position after the last
   */
  int bind(PreparedStatement statement, int from, Map<String, ?> values) throws SQLException {
    int position = from;
    for (String name : names) {
      Object value = Objects.requireNonNull(values.get(name), name);
      if (value instanceof Long number) {
        statement.setLong(position, number);
      } else if (value instanceof String[] texts) {
        statement.setArray(position, statement.getConnection().createArrayOf("text", texts));
      } else {
        statement.setString(position, Storable.text((String) value));
      }
      position++;
    }
    return position;
  }
}
