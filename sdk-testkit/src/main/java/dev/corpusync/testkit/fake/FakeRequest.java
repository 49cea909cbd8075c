package dev.corpusync.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked.
 *
 * @param number of the exchange, counted from 1
 * @param path decoded only as far as the client encoded it
 * @param query decoded, each name with its values
 * @param headers names in lower case
 * @since 0.1
 */
public record FakeRequest(
    int number,
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body) {
  public Optional<String> query(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The same request as a server behind a proxy sees it, which took a path away. */
  public FakeRequest below(String prefix) {
    Map<String, List<String>> told = new HashMap<>(headers);
    told.put("x-forwarded-prefix", List.of(prefix));
    return new FakeRequest(number, method, path.substring(prefix.length()), query, told, body);
  }

  /** The same request as the client of the proxy sees it. */
  public FakeRequest above(String prefix) {
    return new FakeRequest(number, method, prefix + path, query, headers, body);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
