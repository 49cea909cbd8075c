package dev.corpusync.examples.demo.oauth;

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
 * A token endpoint that delegates to another one and records every secret that is sent or received,
 * for the search at the end. Safe for many threads.
 */
final class RecordingTokenEndpoint implements TokenEndpoint {
  private static final Set<String> IN_FORMS =
      Set.of("code", "code_verifier", "refresh_token", "token", "client_secret");
  private static final List<String> IN_ANSWERS =
      List.of("access_token", "refresh_token", "id_token");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final TokenEndpoint endpoint;
  private final List<Recorded> recorded = new ArrayList<>();
  private int requests;
  private int renewals;

  /** A secret, with a name that may be shown. */
  record Recorded(String name, Secret secret) {}

  RecordingTokenEndpoint(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Answer post(URI url, Map<String, Secret> headers, List<Field> form) throws IOException {
    sent(headers, form);
    Answer answer = endpoint.post(url, headers, form);
    received(answer);
    return answer;
  }

  /** Records a secret that does not pass through this endpoint. */
  synchronized void remember(String name, Secret secret) {
    recorded.add(new Recorded(name, secret));
  }

  synchronized List<Recorded> recorded() {
    return List.copyOf(recorded);
  }

  /** The number of requests to the authorization server. */
  synchronized int requests() {
    return requests;
  }

  /** The number of requests that sent a refresh token for new tokens. */
  synchronized int renewals() {
    return renewals;
  }

  /** The newest secret of this name. */
  synchronized Secret last(String name) {
    return recorded.stream()
        .filter(h -> h.name().equals(name))
        .reduce((first, second) -> second)
        .map(Recorded::secret)
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

  private synchronized void received(Answer answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      for (String name : IN_ANSWERS) {
        if (body.path(name).isString()) {
          String token = body.path(name).stringValue();
          remember(name, Secret.of(token));
          // Its signature alone would be a leak.
          remember(name + " signature", Secret.of(token.substring(token.lastIndexOf('.') + 1)));
        }
      }
    } catch (JacksonException e) {
      // An answer without a JSON body has no secret.
    }
  }
}
