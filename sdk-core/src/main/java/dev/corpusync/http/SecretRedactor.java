package dev.corpusync.http;

import dev.corpusync.auth.Authorization;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes the secrets that were sent with a request from its answer, before anything else reads it
 * (P11). An API that takes its key in the query repeats it in its links to the next page, which are
 * kept as cursors; some repeat a token in a record or an error. The next request adds the key
 * again.
 *
 * <p>They are found as they are, and however they are escaped: as part of a URL, a JSON text or
 * HTML, mixed and nested, in Base64 and in hex. Takes linear time.
 */
final class SecretRedactor {
  private static final byte[] REPLACEMENT = "***".getBytes(StandardCharsets.US_ASCII);

  private final boolean hasSecrets;
  private final SecretSearch plain;
  private final SecretSearch encoded;

  SecretRedactor(Authorization authorization) {
    SecretForms forms = new SecretForms(authorization);
    hasSecrets = !forms.isEmpty();
    plain = new SecretSearch(forms.plain());
    encoded = new SecretSearch(forms.encoded());
  }

  HttpExchange.Answer redact(HttpExchange.Answer answer) {
    return hasSecrets
        ? new HttpExchange.Answer(answer.status(), redact(answer.headers()), redact(answer.body()))
        : answer;
  }

  private Map<String, List<String>> redact(Map<String, List<String>> headers) {
    StringBuilder all = new StringBuilder();
    headers.values().forEach(values -> values.forEach(value -> all.append(value).append('\n')));
    if (find(bytes(all.toString())).isEmpty()) {
      return headers;
    }
    Map<String, List<String>> redacted = new HashMap<>();
    headers.forEach(
        (name, values) -> redacted.put(name, values.stream().map(this::redact).toList()));
    return redacted;
  }

  private String redact(String text) {
    return new String(redact(bytes(text)), StandardCharsets.UTF_8);
  }

  private byte[] redact(byte[] text) {
    Ranges found = find(text);
    return found.isEmpty() ? text : found.replace(text, REPLACEMENT);
  }

  private Ranges find(byte[] text) {
    Ranges found = new Ranges();
    plain.into(found).search(text);
    new EscapeDecoder(encoded.into(found)).decode(text);
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
