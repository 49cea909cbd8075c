package dev.corpusync.testkit.hook;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes out.
 *
 * @param url as the source knows it, which is what it signs
 * @param sentAt by the source's clock
 */
record Post(URI url, Map<String, String> headers, byte[] body, Instant sentAt) {
  static final String METHOD = "POST";

  Post header(String name, String value) {
    // OkHttp would refuse it too, and quote the value, which may be a secret.
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "the header " + name + " carries printable ASCII only, and its value has something else");
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Post(url, more, body, sentAt);
  }

  Post body(byte[] other) {
    return new Post(url, headers, other, sentAt);
  }

  Post url(URI other) {
    return new Post(other, headers, body, sentAt);
  }

  Post sentAt(Instant other) {
    return new Post(url, headers, body, other);
  }

  long seconds() {
    return sentAt.getEpochSecond();
  }

  long millis() {
    return sentAt.toEpochMilli();
  }

  /** Whether a receiver sees no difference. */
  boolean looksLike(Post other) {
    return headers.equals(other.headers) && Arrays.equals(body, other.body);
  }

  /** Its size only: headers hold signatures, and some are the secret itself. */
  @Override
  public String toString() {
    return METHOD + " of " + body.length + " bytes";
  }
}
