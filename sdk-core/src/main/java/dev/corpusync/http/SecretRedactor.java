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
 * Removes the secrets that were sent with a request from its answer, before anything else reads it
 * (P11). An API that takes its key in the query repeats it in its links to the next page, which are
 * kept as cursors; some repeat a token in a record or an error. The next request adds the key
 * again.
 */
final class SecretRedactor {
  private static final String REPLACEMENT = "***";

  /** A shorter token might be a word of the content. */
  private static final int SHORTEST_TOKEN = 16;

  private final Set<String> secrets = new TreeSet<>();

  SecretRedactor(Authorization authorization) {
    authorization.query().values().forEach(secret -> add(secret.reveal()));
    for (Secret secret : authorization.headers().values()) {
      String sent = secret.reveal();
      String token = sent.substring(sent.indexOf(' ') + 1);
      if (token.length() >= SHORTEST_TOKEN) {
        add(token);
      }
    }
    secrets.remove("");
  }

  private void add(String raw) {
    String form = URLEncoder.encode(raw, StandardCharsets.UTF_8);
    secrets.addAll(List.of(raw, form, form.replace("+", "%20"), raw.replace("/", "\\/")));
  }

  HttpExchange.Answer redact(HttpExchange.Answer answer) {
    if (secrets.isEmpty()) {
      return answer;
    }
    Map<String, List<String>> headers = new HashMap<>();
    answer
        .headers()
        .forEach((name, values) -> headers.put(name, values.stream().map(this::redact).toList()));
    return new HttpExchange.Answer(answer.status(), headers, redact(answer.body()));
  }

  private String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, REPLACEMENT);
    }
    return redacted;
  }

  private byte[] redact(byte[] body) {
    // One character a byte, whatever the encoding.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String redacted = text;
    for (String secret : secrets) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      redacted = redacted.replace(new String(bytes, StandardCharsets.ISO_8859_1), REPLACEMENT);
    }
    return redacted.equals(text) ? body : redacted.getBytes(StandardCharsets.ISO_8859_1);
  }
}
