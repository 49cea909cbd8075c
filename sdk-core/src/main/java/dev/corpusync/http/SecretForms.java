package dev.corpusync.http;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets of a request and the forms in which an API may repeat them. Escapes are not among the
 * forms: {@link EscapeDecoder} takes them off the text.
 */
final class SecretForms {
  /** A shorter token might be a word of the content. */
  private static final int SHORTEST_TOKEN = 16;

  /** With letters and digits it is no word. */
  private static final int SHORTEST_MIXED_TOKEN = 8;

  /** Base64 or hex of a shorter one would be found where it is not. */
  private static final int SHORTEST_ENCODED = 6;

  private final Set<String> secrets = new LinkedHashSet<>();

  SecretForms(Authorization authorization) {
    authorization.query().values().forEach(secret -> secrets.add(secret.reveal()));
    for (Secret secret : authorization.headers().values()) {
      String sent = secret.reveal();
      String token = sent.substring(sent.indexOf(' ') + 1);
      token(token);
      // Such as token="…", or the value of a cookie.
      for (String piece : token.split("[\\s=,;\"]+")) {
        token(piece);
      }
      basic(sent, token);
    }
    secrets.remove("");
  }

  private void token(String token) {
    boolean mixed =
        token.chars().anyMatch(Character::isLetter) && token.chars().anyMatch(Character::isDigit);
    if (token.length() >= (mixed ? SHORTEST_MIXED_TOKEN : SHORTEST_TOKEN)) {
      secrets.add(token);
    }
  }

  /** The user name and password that Basic authentication sends as Base64. */
  private void basic(String sent, String token) {
    if (!sent.regionMatches(true, 0, "Basic ", 0, 6)) {
      return;
    }
    try {
      String pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      token(pair);
      token(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      // It is no Base64: it is sought as it is.
    }
  }

  boolean isEmpty() {
    return secrets.isEmpty();
  }

  /** As they are. */
  List<byte[]> plain() {
    return secrets.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Without their own escapes, as form fields, in Base64 and in hex. */
  List<byte[]> encoded() {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (secret.indexOf(' ') >= 0) {
        forms.add(secret.replace(' ', '+'));
      }
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      if (bytes.length >= SHORTEST_ENCODED) {
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
          String core = base64(bytes, before);
          forms.add(core);
          forms.add(core.replace('+', '-').replace('/', '_'));
        }
      }
    }
    List<byte[]> all = new ArrayList<>();
    secrets.forEach(secret -> all.add(EscapeDecoder.canonical(secret)));
    forms.forEach(form -> all.add(form.getBytes(StandardCharsets.UTF_8)));
    return all.stream().filter(form -> form.length > 0).toList();
  }

  /**
   * The characters that Base64 has for these bytes whatever stands before and after them.
   *
   * @param before how many bytes stand before them, modulo 3
   */
  private static String base64(byte[] bytes, int before) {
    byte[] moved = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, moved, before, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(moved);
    int known = moved.length * 8 / 6;
    int first = (before * 8 + 5) / 6;
    return text.substring(first, known);
  }
}
