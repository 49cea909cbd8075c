package dev.corpusync.testkit.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches text for secrets in every form that they are likely to leak in: plain, UTF-16, hex,
 * base64 at any offset. For one thread at a time.
 *
 * @since 0.1
 */
public final class SecretScanner {
  private final Map<String, String> forms = new LinkedHashMap<>();

  /**
   * Adds a secret to look for.
   *
   * @param name that may be shown
   * @param secret of at least 12 characters: a shorter one is found by chance
   */
  public SecretScanner canary(String name, String secret) {
    byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
    form(name + " in plain", plain);
    form(name + " in UTF-16", secret.getBytes(StandardCharsets.UTF_16BE));
    form(name + " in UTF-16 little-endian", secret.getBytes(StandardCharsets.UTF_16LE));
    String hex = HexFormat.of().formatHex(plain);
    text(name + " in hex", hex);
    text(name + " in upper-case hex", hex.toUpperCase(java.util.Locale.ROOT));
    for (int before = 0; before < 3; before++) {
      text(name + " in base64 after " + before, base64(Base64.getEncoder(), plain, before));
      text(name + " in URL base64 after " + before, base64(Base64.getUrlEncoder(), plain, before));
    }
    return this;
  }

  /** What base64 makes of these bytes wherever they stand: without what depends on neighbours. */
  private static String base64(Base64.Encoder encoder, byte[] plain, int before) {
    byte[] shifted = new byte[before + plain.length];
    System.arraycopy(plain, 0, shifted, before, plain.length);
    String all = encoder.withoutPadding().encodeToString(shifted);
    return all.substring(before == 0 ? 0 : before + 1, shifted.length / 3 * 4);
  }

  private void form(String name, byte[] bytes) {
    text(name, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private void text(String name, String text) {
    if (text.length() < 12) {
      throw new IllegalArgumentException(name + " is too short to be found for certain");
    }
    forms.put(name, text);
  }

  /** The names of the forms that are in there; never the secret. */
  public List<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The names of the forms that are in there; never the secret. */
  public List<String> in(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    forms.forEach(
        (name, form) -> {
          if (all.contains(form)) {
            found.add(name);
          }
        });
    return found;
  }
}
