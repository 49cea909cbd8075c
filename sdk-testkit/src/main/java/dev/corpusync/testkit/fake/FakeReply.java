package dev.corpusync.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the API answers. Immutable.
 *
 * @param headers in order; a name may come more than once
 * @since 0.1
 */
public record FakeReply(int status, List<Map.Entry<String, String>> headers, byte[] body) {
  public FakeReply {
    headers = List.copyOf(headers);
  }

  /** 200 with JSON. */
  public static FakeReply json(String body) {
    return bytes(
        200, "application/json; charset=utf-8", escaped(body).getBytes(StandardCharsets.UTF_8));
  }

  /** UTF-8 cannot hold half of a surrogate pair: JSON tells one as an escape. */
  private static String escaped(String body) {
    if (body.codePoints().noneMatch(FakeReply::isHalf)) {
      return body;
    }
    StringBuilder out = new StringBuilder(body.length());
    body.codePoints()
        .forEach(
            c -> {
              if (isHalf(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  public static FakeReply bytes(int status, String type, byte[] body) {
    return new FakeReply(status, List.of(Map.entry("Content-Type", type)), body);
  }

  public static FakeReply status(int status) {
    return bytes(status, "application/json; charset=utf-8", "{}".getBytes(StandardCharsets.UTF_8));
  }

  public FakeReply withStatus(int other) {
    return new FakeReply(other, headers, body);
  }

  public FakeReply header(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new FakeReply(status, more, body);
  }
}
