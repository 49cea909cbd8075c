package dev.corpusync.auth;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The credentials of one request: headers, query parameters, or nothing. It cannot be printed,
 * compared or serialised (P11).
 *
 * @since 0.1
 */
public final class Authorization {
  private static final Authorization NONE = new Authorization(Map.of(), Map.of());
  private final Map<String, Secret> headers;
  private final Map<String, Secret> query;

  private Authorization(Map<String, Secret> headers, Map<String, Secret> query) {
    this.headers = headers;
    this.query = query;
  }

  public static Authorization none() {
    return NONE;
  }

  public static Authorization header(String name, Secret value) {
    return new Authorization(Map.of(name, value), Map.of());
  }

  public static Authorization bearer(Secret token) {
    return header("Authorization", Secret.of("Bearer " + token.reveal()));
  }

  /** Returns a query parameter, which proxies log: only for an API that accepts it nowhere else. */
  public static Authorization query(String parameter, Secret value) {
    return new Authorization(Map.of(), Map.of(parameter, value));
  }

  /** Returns the headers and parameters of both. */
  public Authorization and(Authorization other) {
    return new Authorization(union(headers, other.headers), union(query, other.query));
  }

  public Map<String, Secret> headers() {
    return headers;
  }

  public Map<String, Secret> query() {
    return query;
  }

  private static Map<String, Secret> union(Map<String, Secret> a, Map<String, Secret> b) {
    Map<String, Secret> all = new TreeMap<>(a);
    all.putAll(b);
    return Collections.unmodifiableMap(all);
  }

  /** The names only. */
  @Override
  public String toString() {
    return "Authorization" + headers.keySet() + query.keySet();
  }
}
