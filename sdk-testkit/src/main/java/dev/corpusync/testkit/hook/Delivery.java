package dev.corpusync.testkit.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * What a source has to say, before it is signed.
 *
 * @param id the same each time that it is sent again
 * @param body as it goes out, not copied
 * @since 0.1
 */
public record Delivery(String id, Map<String, String> headers, byte[] body) {
  private static final String CONTENT_TYPE = "Content-Type";

  public Delivery {
    headers = Map.copyOf(headers);
  }

  /** JSON, in UTF-8, to the letter as it is written here. */
  public static Delivery json(String id, String body) {
    return new Delivery(
        id, Map.of(CONTENT_TYPE, "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON of this many bytes: one long number. It is held in memory. */
  public static Delivery huge(String id, int bytes) {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) '1');
    return new Delivery(id, Map.of(CONTENT_TYPE, "application/json"), body);
  }

  /** JSON that is nested this deep. */
  public static Delivery deep(String id, int levels) {
    return json(id, "{\"a\":".repeat(levels) + "1" + "}".repeat(levels));
  }

  /** A small body that says it is packed, and is this many bytes when it is unpacked. */
  public static Delivery bomb(String id, long bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] digits = new byte[64 << 10];
    Arrays.fill(digits, (byte) '1');
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (long left = bytes; left > 0; left -= digits.length) {
        gzip.write(digits, 0, (int) Math.min(left, digits.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory could not be written", e);
    }
    return json(id, "").header("Content-Encoding", "gzip").body(packed.toByteArray());
  }

  /** The same bytes as another type, such as {@code text/html}. */
  public Delivery type(String contentType) {
    return header(CONTENT_TYPE, contentType);
  }

  public Delivery header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Delivery(id, more, body);
  }

  /**
   * The same JSON in other bytes: order, white space, line ends and escapes. Signed like this, it
   * is as good as before: a receiver that refuses it has not looked at the bytes.
   */
  public Delivery rewritten() {
    return body(Json.rewritten(body));
  }

  private Delivery body(byte[] other) {
    return new Delivery(id, headers, other);
  }

  /** Without what it says, which may be private. */
  @Override
  public String toString() {
    return "delivery " + id + " of " + body.length + " bytes";
  }
}
