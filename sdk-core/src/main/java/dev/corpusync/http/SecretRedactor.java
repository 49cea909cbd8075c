package dev.corpusync.http;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An API that takes its key in the query repeats it in its links to the next page, which are kept
 * as cursors, and some repeat a token in a record or an error: it is taken out of what was received
 * before anybody sees it (P11). The next request puts it back.
 */
final class SecretRedactor {
  private static final String STARS = "***";

  /** A shorter token might be a word of the content. */
  private static final int LONG = 16;

  private final Set<String> secrets = new TreeSet<>();

  SecretRedactor(Authorization authorization) {
    authorization.query().values().forEach(secret -> add(secret.reveal()));
    for (Secret secret : authorization.headers().values()) {
      String sent = secret.reveal();
      String token = sent.substring(sent.indexOf(' ') + 1);
      if (token.length() >= LONG) {
        add(token);
      }
    }
    secrets.remove("");
  }

  private void add(String raw) {
    String form = URLEncoder.encode(raw, StandardCharsets.UTF_8);
    secrets.addAll(List.of(raw, form, form.replace("+", "%20"), raw.replace("/", "\\/")));
  }

  HttpExchange.Answer removedFrom(HttpExchange.Answer answer) {
    if (secrets.isEmpty()) {
      return answer;
    }
    Map<String, List<String>> headers = new HashMap<>();
    answer
        .headers()
        .forEach((name, values) -> headers.put(name, values.stream().map(this::clean).toList()));
    return new HttpExchange.Answer(answer.status(), headers, clean(answer.body()));
  }

  private String clean(String text) {
    String cleaned = text;
    for (String secret : secrets) {
      cleaned = cleaned.replace(secret, STARS);
    }
    return cleaned;
  }

  private byte[] clean(byte[] body) {
    // One character a byte, whatever the encoding.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String cleaned = text;
    for (String secret : secrets) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      cleaned = cleaned.replace(new String(bytes, StandardCharsets.ISO_8859_1), STARS);
    }
    return cleaned.equals(text) ? body : cleaned.getBytes(StandardCharsets.ISO_8859_1);
  }
}
