package dev.corpusync.testkit.fake;

import java.util.List;
import java.util.Map;

/**
 * One request with what became of it.
 *
 * @param fault what was injected; blank if nothing
 * @since 0.1
 */
public record Exchange(
    int number,
    String method,
    String path,
    Map<String, List<String>> query,
    boolean authorized,
    int status,
    String fault) {
  /**
   * For a trace in a failure's message; a query is shown by its names, since its values may be
   * private.
   */
  @Override
  public String toString() {
    return "#"
        + number
        + " "
        + method
        + " "
        + path
        + (query.isEmpty() ? "" : " ?" + String.join("&", query.keySet()))
        + " -> "
        + status
        + (fault.isEmpty() ? "" : " (" + fault + ")");
  }
}
