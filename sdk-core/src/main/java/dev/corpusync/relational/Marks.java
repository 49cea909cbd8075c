package dev.corpusync.relational;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces marks in SQL: {@code #word}, or <code>#word{name}</code> with {@code $1} for the name in
 * what stands for it.
 */
final class Marks {
  private static final Pattern MARK = Pattern.compile("#(\\w+)(?:\\{(\\w+)})?");
  private static final Pattern TABLE = Pattern.compile("\\{(\\w+)}");
  private final Map<String, String> meanings;
  private final String prefix;

  /**
   * @param meanings may use marks in turn
   * @param prefix of the tables' names
   */
  Marks(Map<String, String> meanings, String prefix) {
    this.meanings = meanings;
    this.prefix = prefix;
  }

  String replace(String sql) {
    Matcher mark = MARK.matcher(sql);
    if (!mark.find()) {
      return TABLE.matcher(sql).replaceAll(Matcher.quoteReplacement(prefix) + "$1");
    }
    return replace(
        mark.replaceAll(
            m ->
                Matcher.quoteReplacement(
                    meaning(m.group(1)).replace("$1", String.valueOf(m.group(2))))));
  }

  private String meaning(String word) {
    String meaning = meanings.get(word);
    if (meaning == null) {
      throw new IllegalArgumentException("SQL has the unknown mark #" + word);
    }
    return meaning;
  }
}
