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
record OutgoingPost(URI url, Map<String, String> headers, byte[] body, Instant sentAt) {
  static final String METHOD = "POST";

  OutgoingPost header(String name, String value) {
    // OkHttp would refuse it too, and quote the value, which may be a secret.
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "the header " + name + " carries printable ASCII only, and its value has something else");
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new OutgoingPost(url, more, body, sentAt);
  }

  OutgoingPost body(byte[] other) {
    return new OutgoingPost(url, headers, other, sentAt);
  }

  OutgoingPost url(URI other) {
    return new OutgoingPost(other, headers, body, sentAt);
  }

  OutgoingPost sentAt(Instant other) {
    return new OutgoingPost(url, headers, body, other);
  }

  long seconds() {
    return sentAt.getEpochSecond();
  }

  long millis() {
    return sentAt.toEpochMilli();
  }

  /** Whether a receiver sees no difference. */
  boolean looksLike(OutgoingPost other) {
    return headers.equals(other.headers) && Arrays.equals(body, other.body);
  }

  /** Its size only: headers hold signatures, and some are the secret itself. */
  @Override
  public String toString() {
    return METHOD + " of " + body.length + " bytes";
  }
}
