package dev.corpusync.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a body of text as UTF-8: as received where they are that already, decoded once by
 * the charset that a mark, the first zeros or the {@code Content-Type} declare elsewhere. A charset
 * that this JVM does not know is taken for UTF-8, which JSON is.
 */
final class BodyText {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([\\w.:+-]{1,40})", Pattern.CASE_INSENSITIVE);

  private static final Pattern TEXT =
      Pattern.compile("json|text|script|xml", Pattern.CASE_INSENSITIVE);

  private BodyText() {}

  /**
   * @param contentType the header
   */
  static byte[] utf8(byte[] body, Optional<String> contentType) {
    if (contentType.filter(type -> !TEXT.matcher(type).find()).isPresent()) {
      return body;
    }
    if (startsWith(body, 0xef, 0xbb, 0xbf)) {
      return Arrays.copyOfRange(body, 3, body.length);
    }
    Optional<Charset> wide = wide(body);
    if (wide.isPresent()) {
      String text = new String(body, wide.get());
      return (text.startsWith("\uFEFF") ? text.substring(1) : text)
          .getBytes(StandardCharsets.UTF_8);
    }
    Charset declared = contentType.flatMap(BodyText::declared).orElse(StandardCharsets.UTF_8);
    return isUtf8(declared) ? body : new String(body, declared).getBytes(StandardCharsets.UTF_8);
  }

  /** ASCII is UTF-8; what is not ASCII in it is more likely UTF-8 than nothing. */
  private static boolean isUtf8(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        || charset.equals(StandardCharsets.US_ASCII)
        // The declaration of a wide charset that the zeros of the body do not show is wrong.
        || charset.name().startsWith("UTF-16")
        || charset.name().startsWith("UTF-32");
  }

  private static Optional<Charset> declared(String contentType) {
    Matcher name = CHARSET.matcher(contentType.substring(0, Math.min(contentType.length(), 500)));
    try {
      return name.find() ? Optional.of(Charset.forName(name.group(1))) : Optional.empty();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** JSON begins with an ASCII character, so its zeros tell a wide charset (RFC 4627). */
  private static Optional<Charset> wide(byte[] body) {
    if (startsWith(body, 0, 0, 0xfe, 0xff) || (startsWith(body, 0, 0, 0) && body.length > 3)) {
      return Optional.of(Charset.forName("UTF-32BE"));
    }
    if (startsWith(body, 0xff, 0xfe, 0, 0)
        || (body.length > 3 && body[0] != 0 && body[1] == 0 && body[2] == 0 && body[3] == 0)) {
      return Optional.of(Charset.forName("UTF-32LE"));
    }
    if (startsWith(body, 0xfe, 0xff) || (body.length > 1 && body[0] == 0 && body[1] != 0)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    if (startsWith(body, 0xff, 0xfe) || (body.length > 1 && body[0] != 0 && body[1] == 0)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] body, int... start) {
    if (body.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((body[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
