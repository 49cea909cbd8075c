package dev.corpusync.oauth;

import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Parses the request with which the provider sends the browser back. Messages quote nothing of it.
 */
final class Callback {
  private final URI arrived;
  private final Map<String, String> fields;

  Callback(URI arrived) {
    this.arrived = arrived;
    this.fields = fields(Optional.ofNullable(arrived.getRawQuery()).orElse(""));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(fields.get(name)).filter(v -> !v.isBlank());
  }

  void refuseElsewhere(URI redirect) {
    if (!place(arrived).equals(place(redirect))) {
      throw new AuthorizationFailedException(
          Reason.ELSEWHERE,
          "the way back from the provider ended at "
              + place(arrived)
              + ", but it was to end at "
              + place(redirect)
              + ". Use one address; 127.0.0.1 and localhost are two");
    }
  }

  /** Checks the issuer, or the code of one provider would be sent to another (RFC 9207). */
  void refuseAnother(String issuer) {
    if (!find("iss").equals(Optional.of(issuer))) {
      throw new AuthorizationFailedException(
          Reason.ELSEWHERE,
          "the way back is not from "
              + issuer
              + ", where the browser was sent, but from another provider, or from one that does not"
              + " say who it is. Nothing was kept; start connecting again");
    }
  }

  /** The error description is not quoted: anyone can write a link with another one. */
  void refuseError() {
    Optional<String> error = find("error");
    if (error.isPresent()) {
      throw failure(error.get());
    }
  }

  private static AuthorizationFailedException failure(String error) {
    return switch (error) {
      case "access_denied", "consent_required", "interaction_required", "login_required" ->
          new AuthorizationFailedException(
              Reason.DENIED,
              "the provider was asked for consent, and it was not given ("
                  + error
                  + "). Start connecting again, with an account that may give it");
      case "invalid_scope" ->
          new AuthorizationFailedException(
              Reason.SCOPE_MISSING,
              "the provider does not give the scopes that the connector asks for (invalid_scope)."
                  + " Allow them in the application's registration");
      case "server_error", "temporarily_unavailable" ->
          new AuthorizationFailedException(
              Reason.PROVIDER,
              "the provider could not ask for consent (" + error + "). Try again later");
      default ->
          new AuthorizationFailedException(
              Reason.REGISTRATION,
              "the provider refused to ask for consent ("
                  + (error.matches("[a-z_]{1,60}") ? error : "an error")
                  + "). Check the application's registration: client id, redirect address, scopes");
    };
  }

  private static Map<String, String> fields(String query) {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String pair : query.split("&")) {
        String[] halves = pair.split("=", 2);
        String value =
            halves.length < 2 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8);
        if (fields.put(URLDecoder.decode(halves[0], StandardCharsets.UTF_8), value) != null) {
          // No provider says anything twice; who mixes two answers does.
          throw AuthorizationState.forged();
        }
      }
    } catch (IllegalArgumentException e) {
      throw AuthorizationState.forged();
    }
    return fields;
  }

  private static String place(URI uri) {
    int standard = "https".equals(uri.getScheme()) ? 443 : 80;
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort())
        + path;
  }
}
