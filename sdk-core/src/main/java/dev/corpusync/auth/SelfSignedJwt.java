package dev.corpusync.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Authenticates each request with a JSON Web Token that this SDK signs, valid for minutes: no token
 * endpoint is asked, and only the key is kept. Immutable.
 *
 * @since 0.1
 */
public final class SelfSignedJwt implements AuthScheme {
  // A verifier whose clock is behind ours would find the token not yet valid.
  private static final Duration BACKDATED = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private final Function<Secret, JwtSigner> key;
  private final Duration lifetime;
  private final Map<String, Object> claims;
  private final Function<Secret, Authorization> sent;

  private SelfSignedJwt(
      Function<Secret, JwtSigner> key,
      Duration lifetime,
      Map<String, Object> claims,
      Function<Secret, Authorization> sent) {
    this.key = key;
    this.lifetime = lifetime;
    this.claims = Map.copyOf(claims);
    this.sent = sent;
  }

  /**
   * Creates a scheme whose tokens are valid for five minutes and sent as bearer tokens.
   *
   * @param key from the connection's credential to a signer, such as {@code JwtSigner::hs256}
   */
  public static SelfSignedJwt with(Function<Secret, JwtSigner> key) {
    return new SelfSignedJwt(key, Duration.ofMinutes(5), Map.of(), Authorization::bearer);
  }

  /** Sets how long each token is valid: from a second to an hour. */
  public SelfSignedJwt lifetime(Duration each) {
    if (each.compareTo(Duration.ofSeconds(1)) < 0 || each.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a self-signed token is good for a second to an hour");
    }
    return new SelfSignedJwt(key, each, claims, sent);
  }

  public SelfSignedJwt claim(String name, Object value) {
    Map<String, Object> more = new HashMap<>(claims);
    more.put(name, value);
    return new SelfSignedJwt(key, lifetime, more, sent);
  }

  /** Sets how the token is sent, if not as {@code Authorization: Bearer}. */
  public SelfSignedJwt sent(Function<Secret, Authorization> as) {
    return new SelfSignedJwt(key, lifetime, claims, as);
  }

  @Override
  public String name() {
    return "self-signed-jwt";
  }

  @Override
  public Authorizer authorizer(CredentialSupplier credentials, InstantSource clock) {
    return () -> {
      Instant now = clock.instant();
      Map<String, Object> all = new HashMap<>(claims);
      all.put("iat", now.minus(BACKDATED).getEpochSecond());
      all.put("exp", now.plus(lifetime).getEpochSecond());
      return sent.apply(key.apply(credentials.get()).sign(all));
    };
  }
}
