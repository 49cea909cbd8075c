package dev.corpusync.oauth;

import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenDialect;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.oauth.TokenResponse.GrantRefused;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Sends token requests to the authorization server of one connection. Each call is one HTTP
 * request. Safe for many threads.
 */
final class TokenRequests {
  private static final Duration ASSERTION = Duration.ofMinutes(5);
  private static final Duration BACKDATED = Duration.ofSeconds(30);
  private static final String JWT_CLIENT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private final OAuth2 scheme;
  private final Registration registration;
  private final Map<String, String> settings;
  private final TokenEndpoint endpoint;
  private final Time time;
  private final RandomGenerator random;

  TokenRequests(
      OAuth2 scheme,
      Registration registration,
      Map<String, String> settings,
      TokenEndpoint endpoint,
      Time time,
      RandomGenerator random) {
    this.scheme = scheme;
    this.registration = registration;
    this.settings = Map.copyOf(settings);
    this.endpoint = endpoint;
    this.time = time;
    this.random = random;
  }

  OAuth2 scheme() {
    return scheme;
  }

  /** For a code that a person's browser brought. */
  TokenSet redeem(Secret code, URI redirect, Optional<Secret> verifier) throws GrantRefused {
    List<TokenEndpoint.Field> form = new ArrayList<>();
    form.add(field("grant_type", "authorization_code"));
    form.add(new TokenEndpoint.Field("code", code));
    form.add(field("redirect_uri", redirect.toString()));
    verifier.ifPresent(v -> form.add(new TokenEndpoint.Field("code_verifier", v)));
    return tokens(form);
  }

  /** Obtains tokens without a person's consent, for grants that need none. */
  TokenSet obtain() throws GrantRefused {
    List<TokenEndpoint.Field> form = new ArrayList<>();
    if (scheme.grant() == OAuth2.Grant.JWT_BEARER) {
      form.add(field("grant_type", JWT_GRANT));
      form.add(new TokenEndpoint.Field("assertion", assertion(scheme.claims(settings))));
    } else {
      form.add(field("grant_type", "client_credentials"));
    }
    scheme.scopeParameter().ifPresent(s -> form.add(field("scope", s)));
    return tokens(form);
  }

  /** Whether {@link #renew} has anything to ask with. */
  boolean canRenew(TokenSet old) {
    return scheme.grant() != OAuth2.Grant.AUTHORIZATION_CODE || old.refresh().isPresent();
  }

  TokenSet renew(TokenSet old) throws GrantRefused {
    if (scheme.grant() != OAuth2.Grant.AUTHORIZATION_CODE) {
      return obtain();
    }
    Secret refresh =
        old.refresh()
            .orElseThrow(() -> new GrantRefused("there is no refresh token to renew with"));
    List<TokenEndpoint.Field> form = new ArrayList<>();
    form.add(field("grant_type", "refresh_token"));
    form.add(new TokenEndpoint.Field("refresh_token", refresh));
    return old.renewedBy(tokens(form));
  }

  /** Tells the provider that a token is not needed any more, where it can be told. */
  void revoke(Secret token) throws IOException {
    Optional<URI> place = scheme.revocationEndpoint(settings);
    if (place.isPresent()) {
      TokenDialect.Request request =
          identified(
              new TokenDialect.Request(Map.of(), List.of(new TokenEndpoint.Field("token", token))));
      endpoint.post(place.get(), request.headers(), request.form());
    }
  }

  private TokenSet tokens(List<TokenEndpoint.Field> form) throws GrantRefused {
    scheme.tokenParameters().forEach((name, value) -> form.add(field(name, value)));
    URI place = scheme.tokenEndpoint(settings);
    TokenDialect.Request request =
        scheme.dialect().request(identified(new TokenDialect.Request(Map.of(), form)));
    String asked = "the token endpoint at " + place.getAuthority();
    Instant from = time.now();
    TokenEndpoint.Answer answer;
    try {
      answer = endpoint.post(place, request.headers(), request.form());
    } catch (IOException e) {
      throw new UnavailableException(
          asked + " gave no answer: " + e.getMessage() + ". Try again later", e);
    }
    return new TokenResponse(asked, answer, scheme.dialect(), from, time.now()).tokens();
  }

  private TokenDialect.Request identified(TokenDialect.Request request) {
    String id = registration.clientId();
    ClientAuthentication how = scheme.client();
    return switch (how) {
      case BASIC -> request.header("Authorization", basic(id, registration.secret()));
      case POST ->
          request.field("client_id", Secret.of(id)).field("client_secret", registration.secret());
      case NONE ->
          scheme.grant() == OAuth2.Grant.JWT_BEARER
              ? request
              : request.field("client_id", Secret.of(id));
      case PRIVATE_KEY_JWT ->
          request
              .field("client_id", Secret.of(id))
              .field("client_assertion_type", Secret.of(JWT_CLIENT))
              .field("client_assertion", assertion(Map.of("sub", id)));
    };
  }

  private static Secret basic(String id, Secret secret) {
    String pair = encoded(id) + ":" + encoded(secret.reveal());
    return Secret.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private Secret assertion(Map<String, String> claims) {
    Instant now = time.now();
    byte[] id = new byte[16];
    random.nextBytes(id);
    Map<String, Object> all = new HashMap<>();
    all.put("iss", registration.clientId());
    all.put("aud", scheme.tokenEndpoint(settings).toString());
    all.put("iat", now.minus(BACKDATED).getEpochSecond());
    all.put("exp", now.plus(ASSERTION).getEpochSecond());
    all.put("jti", HexFormat.of().formatHex(id));
    if (scheme.grant() == OAuth2.Grant.JWT_BEARER) {
      // Where service accounts are told what the token is for.
      scheme.scopeParameter().ifPresent(s -> all.put("scope", s));
    }
    all.putAll(claims);
    return registration.signer().sign(all);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static TokenEndpoint.Field field(String name, String value) {
    return new TokenEndpoint.Field(name, Secret.of(value));
  }
}
