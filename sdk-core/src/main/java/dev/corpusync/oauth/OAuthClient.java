package dev.corpusync.oauth;

import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.oauth.TokenResponse.GrantRefused;
import dev.corpusync.sync.Time;
import dev.corpusync.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects accounts with OAuth 2.0, as the host's application at one provider. Everything that must
 * last is in the vault, so any process may complete what another one started. Safe for many
 * threads.
 *
 * @since 0.1
 */
public final class OAuthClient {
  private static final Logger log = LoggerFactory.getLogger(OAuthClient.class);
  private final OAuth2 scheme;
  private final Registration registration;
  private final Vault vault;
  private final TokenEndpoint endpoint;
  private final Time time;
  private final RandomGenerator random;
  private final Duration patience;
  private final PendingAuthorizations attempts;
  private final String id;

  /**
   * A connected account. A closed value.
   *
   * @param scopes what was granted, as far as the provider says it
   */
  public record Connected(ConnectionKey key, Set<String> scopes) {
    public Connected {
      scopes = Set.copyOf(scopes);
    }
  }

  private OAuthClient(Builder from) {
    scheme = from.scheme;
    registration = from.registration;
    vault = from.vault;
    endpoint = from.endpoint;
    time = from.time;
    random = from.random;
    patience = from.patience;
    attempts = new PendingAuthorizations(vault, random);
    id = registration.clientId() + " at " + scheme.tokenTemplate();
  }

  /**
   * Starts the configuration of a client.
   *
   * @param vault where tokens and pending authorizations are stored
   * @param endpoint such as {@code HttpClients.tokenEndpoint()}
   */
  public static Builder builder(
      OAuth2 scheme, Registration registration, Vault vault, TokenEndpoint endpoint) {
    return new Builder(scheme, registration, vault, endpoint);
  }

  /**
   * Starts the authorization of an account, for the first time or again. Existing tokens stay until
   * {@link #complete} replaces them.
   *
   * @param settings for the names in the provider's addresses
   * @param redirect where the provider sends the browser back; one of the registered ones
   * @param session identifies this browser's session, such as a hash of its cookie: a callback from
   *     another session is refused
   * @return the address to send the browser to
   * @throws InvalidConfigurationException naming the field that is wrong
   */
  public URI begin(ConnectionKey key, Map<String, String> settings, URI redirect, Secret session) {
    refuseUnregistered(redirect);
    URI place = scheme.authorizationEndpoint(settings);
    byte[] macKey = attempts.macKey(key);
    Map<String, String> used = new LinkedHashMap<>(settings);
    used.keySet().retainAll(scheme.settings());
    PendingAuthorizations.PendingAuthorization attempt = attempts.begin(key, session, id, used);
    AuthorizationState state =
        new AuthorizationState(key, redirect, attempt.id(), time.now().plus(patience));
    Map<String, String> query = new LinkedHashMap<>(scheme.authorizeParameters());
    query.put("response_type", "code");
    query.put("client_id", registration.clientId());
    query.put("redirect_uri", redirect.toString());
    scheme.scopeParameter().ifPresent(s -> query.put("scope", s));
    query.put("state", state.signed(macKey));
    if (scheme.pkce()) {
      query.put("code_challenge", challenge(attempt.verifier()));
      query.put("code_challenge_method", "S256");
    }
    String joined =
        query.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(place + (place.getRawQuery() == null ? "?" : "&") + joined);
  }

  /**
   * Completes an authorization that {@link #begin} started in this process or another one. The new
   * tokens are stored when it returns, and replace earlier ones.
   *
   * @param callback the address that the browser came back to, with its query
   * @param session of that browser
   * @throws AuthorizationFailedException saying why; nothing was kept
   */
  public Connected complete(URI callback, Secret session) {
    Callback arrived = new Callback(callback);
    Optional<String> text = arrived.find("state");
    if (text.isEmpty()) {
      arrived.refuseError();
    }
    AuthorizationState state =
        AuthorizationState.verified(
            text.orElseThrow(AuthorizationState::forged), attempts::findMacKey);
    if (!time.now().isBefore(state.expires())) {
      throw new AuthorizationFailedException(
          Reason.STATE_EXPIRED,
          "it took longer than "
              + patience.toMinutes()
              + " minutes to come back from the provider. Nothing was kept; start connecting"
              + " again");
    }
    arrived.refuseElsewhere(state.redirect());
    PendingAuthorizations.PendingAuthorization attempt =
        attempts.take(state.key(), state.attempt(), session, id);
    scheme.issuer(attempt.settings()).ifPresent(arrived::refuseAnother);
    arrived.refuseError();
    Secret code =
        arrived
            .find("code")
            .map(Secret::of)
            .orElseThrow(
                () ->
                    new AuthorizationFailedException(
                        Reason.PROVIDER,
                        "the provider sent the browser back without a code. Start connecting"
                            + " again"));
    Optional<Secret> verifier = scheme.pkce() ? Optional.of(attempt.verifier()) : Optional.empty();
    TokenRequests requests = requests(attempt.settings());
    return keep(
        kept(state.key(), attempt.settings()),
        asked(() -> requests.redeem(code, state.redirect(), verifier)));
  }

  /**
   * Connects an account without a person: with the application's own credentials, or an assertion
   * that it signs.
   *
   * @throws AuthorizationFailedException saying why; nothing was kept
   */
  public Connected connect(ConnectionKey key, Map<String, String> settings) {
    return keep(kept(key, settings), asked(requests(settings)::obtain));
  }

  /**
   * Returns the token keeper that authorizes the requests of a connection. One for each process is
   * enough; more do no harm.
   *
   * @param settings for the names in the provider's addresses
   */
  public TokenKeeper keeper(ConnectionKey key, Map<String, String> settings) {
    TokenRequests requests = requests(settings);
    TokenStore kept = kept(key, settings);
    return new TokenKeeper(kept, new TokenRenewal(kept, requests, time, random), requests, time);
  }

  /**
   * Erases the tokens, then revokes them at the provider, where it has a revocation endpoint; not
   * where these settings lead to another provider than the tokens came from. From then on no
   * request is authorized, in any process.
   *
   * @return whether the provider has revoked them, or has no revocation endpoint
   */
  public boolean disconnect(ConnectionKey key, Map<String, String> settings) {
    Optional<TokenSet> tokens = kept(key, settings).take();
    try {
      if (tokens.isPresent()) {
        requests(settings).revoke(tokens.get().refresh().orElse(tokens.get().access()));
      }
      return true;
    } catch (IOException e) {
      log.warn("provider not told of disconnect connection={} reason=\"{}\"", key, e.getMessage());
      return false;
    }
  }

  @FunctionalInterface
  private interface Asking {
    TokenSet ask() throws GrantRefused;
  }

  private static TokenSet asked(Asking asking) {
    try {
      return asking.ask();
    } catch (GrantRefused e) {
      throw failed(Reason.CODE_REFUSED, e);
    } catch (RequestRefusedException | CredentialsRejectedException e) {
      throw failed(Reason.REGISTRATION, e);
    } catch (UnavailableException | RateLimitedException | MalformedReplyException e) {
      throw failed(Reason.PROVIDER, e);
    }
  }

  private static AuthorizationFailedException failed(Reason reason, Exception e) {
    return new AuthorizationFailedException(
        reason, e.getMessage() + ". Nothing was kept; start connecting again");
  }

  private Connected keep(TokenStore kept, TokenSet tokens) {
    Set<String> missing = new TreeSet<>(scheme.scopes());
    missing.removeAll(tokens.scopes());
    // An answer that names none means those that were asked for (RFC 6749, 5.1).
    if (!tokens.scopes().isEmpty() && !missing.isEmpty()) {
      throw new AuthorizationFailedException(
          Reason.SCOPE_MISSING,
          "consent was given, but not to "
              + String.join(", ", missing)
              + ", which the connector needs. Nothing was kept; start again and allow it");
    }
    kept.put(tokens);
    return new Connected(kept.key(), tokens.scopes().isEmpty() ? scheme.scopes() : tokens.scopes());
  }

  private TokenStore kept(ConnectionKey key, Map<String, String> settings) {
    List<URI> endpoints = new ArrayList<>(List.of(scheme.tokenEndpoint(settings)));
    scheme.revocationEndpoint(settings).ifPresent(endpoints::add);
    return new TokenStore(vault, key, SecretOrigin.of(endpoints));
  }

  private TokenRequests requests(Map<String, String> settings) {
    return new TokenRequests(scheme, registration, settings, endpoint, time, random);
  }

  private void refuseUnregistered(URI redirect) {
    Optional<String> refusal = scheme.redirects().refusal(redirect);
    if (refusal.isPresent()) {
      throw new InvalidConfigurationException("redirect_uri", refusal.get());
    }
    if (registration.redirects().stream().noneMatch(r -> scheme.redirects().matches(r, redirect))) {
      throw new InvalidConfigurationException(
          "redirect_uri",
          "is not one of the registered ones, " + registration.redirects() + ", to the letter");
    }
  }

  private static String challenge(Secret verifier) {
    try {
      byte[] ascii = verifier.reveal().getBytes(StandardCharsets.US_ASCII);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(ascii);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Collects what a client needs; clock, random generator and time limit have defaults. */
  public static final class Builder {
    private final OAuth2 scheme;
    private final Registration registration;
    private final Vault vault;
    private final TokenEndpoint endpoint;
    private Time time = Time.system();
    private RandomGenerator random = new SecureRandom();
    private Duration patience = Duration.ofMinutes(10);

    private Builder(OAuth2 scheme, Registration registration, Vault vault, TokenEndpoint endpoint) {
      this.scheme = scheme;
      this.registration = registration;
      this.vault = vault;
      this.endpoint = endpoint;
    }

    public Builder time(Time source) {
      time = source;
      return this;
    }

    /** Must be unpredictable, safe for many threads, and not the same in two processes. */
    public Builder random(RandomGenerator source) {
      random = source;
      return this;
    }

    /** How long a person may take to come back; ten minutes by default. */
    public Builder patience(Duration longest) {
      if (longest.isNegative() || longest.isZero()) {
        throw new IllegalArgumentException("patience is out of range");
      }
      patience = longest;
      return this;
    }

    public OAuthClient build() {
      return new OAuthClient(this);
    }
  }
}
