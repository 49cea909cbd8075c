package dev.corpusync.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Response;

/**
 * The headers of an answer. The network library would repeat a request by itself where {@code
 * Retry-After} is zero, and fails at a number that is no int: so it does not see that header.
 */
final class AnswerHeaders {
  private static final String RETRY_AFTER = "retry-after";
  private static final String HIDDEN = "corpusync-retry-after";

  private AnswerHeaders() {}

  /** Hides from the network library what it acts on. */
  static Response hidden(Response response) {
    List<String> values = response.headers(RETRY_AFTER);
    Response.Builder builder = response.newBuilder().removeHeader(HIDDEN).removeHeader(RETRY_AFTER);
    values.forEach(value -> builder.addHeader(HIDDEN, value));
    return builder.build();
  }

  /** Returns the headers as they were received, with their names in lower case. */
  static Map<String, List<String>> of(Response response) {
    Map<String, List<String>> headers = new HashMap<>();
    response
        .headers()
        .toMultimap()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              headers.put(lower.equals(HIDDEN) ? RETRY_AFTER : lower, List.copyOf(values));
            });
    return headers;
  }
}
