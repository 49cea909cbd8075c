package dev.corpusync.relational;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands placeholders in SQL: {@code #word} to the text that a database has for it, <code>
 * #word{name}</code> to the same with {@code $1} replaced by the name, and <code>{name}</code> to
 * the name of a table.
 */
final class SqlTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("#(\\w+)(?:\\{(\\w+)})?");
  private static final Pattern TABLE = Pattern.compile("\\{(\\w+)}");
  private final Map<String, String> expanded = new ConcurrentHashMap<>();
  private final Map<String, String> expansions;
  private final String prefix;

  /**
   * @param expansions by word; they may hold placeholders in turn
   * @param prefix of the tables' names
   */
  SqlTemplate(Map<String, String> expansions, String prefix) {
    this.expansions = expansions;
    this.prefix = prefix;
  }

  /** Remembers each result, so a statement must be a constant: its values are bound. */
  String expand(String sql) {
    String known = expanded.get(sql);
    return known == null ? expanded.computeIfAbsent(sql, this::resolve) : known;
  }

  private String resolve(String sql) {
    Matcher placeholder = PLACEHOLDER.matcher(sql);
    if (!placeholder.find()) {
      return TABLE.matcher(sql).replaceAll(Matcher.quoteReplacement(prefix) + "$1");
    }
    return resolve(
        placeholder.replaceAll(
            m ->
                Matcher.quoteReplacement(
                    expansion(m.group(1)).replace("$1", String.valueOf(m.group(2))))));
  }

  private String expansion(String word) {
    String expansion = expansions.get(word);
    if (expansion == null) {
      throw new IllegalArgumentException("SQL has the unknown placeholder #" + word);
    }
    return expansion;
  }
}
