package dev.corpusync.examples.demo.consent;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenEndpoint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands between the SDK and the token endpoint and remembers every secret that passes: what is
 * looked for at the end. Safe for many threads.
 */
final class Overheard implements TokenEndpoint {
  private static final Set<String> IN_FORMS =
      Set.of("code", "code_verifier", "refresh_token", "token", "client_secret");
  private static final List<String> IN_ANSWERS =
      List.of("access_token", "refresh_token", "id_token");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final TokenEndpoint endpoint;
  private final List<Heard> heard = new ArrayList<>();
  private int requests;
  private int renewals;

  /** A secret, with a name that may be shown. */
  record Heard(String name, Secret secret) {}

  Overheard(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Answer post(URI place, Map<String, Secret> headers, List<Field> form) throws IOException {
    sent(headers, form);
    Answer answer = endpoint.post(place, headers, form);
    came(answer);
    return answer;
  }

  /** A secret that is known from elsewhere. */
  synchronized void remember(String name, Secret secret) {
    heard.add(new Heard(name, secret));
  }

  synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** How often the authorization server was asked anything. */
  synchronized int requests() {
    return requests;
  }

  /** How often a refresh token was sent for new tokens. */
  synchronized int renewals() {
    return renewals;
  }

  /** The last of this name. */
  synchronized Secret last(String name) {
    return heard.stream()
        .filter(h -> h.name().equals(name))
        .reduce((first, second) -> second)
        .map(Heard::secret)
        .orElseThrow();
  }

  private synchronized void sent(Map<String, Secret> headers, List<Field> form) {
    requests++;
    if (form.stream().anyMatch(f -> f.value().reveal().equals("refresh_token"))) {
      renewals++;
    }
    headers.forEach(
        (name, value) ->
            remember("header " + name, Secret.of(value.reveal().replaceFirst("^\\w+ ", ""))));
    form.stream()
        .filter(f -> IN_FORMS.contains(f.name()))
        .forEach(f -> remember(f.name() + " sent", f.value()));
  }

  private synchronized void came(Answer answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      for (String name : IN_ANSWERS) {
        if (body.path(name).isString()) {
          String token = body.path(name).stringValue();
          remember(name, Secret.of(token));
          // Its signature alone would do.
          remember(name + " signature", Secret.of(token.substring(token.lastIndexOf('.') + 1)));
        }
      }
    } catch (JacksonException e) {
      // Not every answer has a body: then nothing secret came.
    }
  }
}
