package dev.corpusync.auth;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which redirect addresses an authorization server accepts.
 *
 * @since 0.1
 */
public enum RedirectPolicy {
  /** https, or plain http on this machine, named or numbered. */
  HTTPS_OR_LOOPBACK(true, true),
  /** https, or {@code http://127.0.0.1} and {@code http://[::1]}, never {@code localhost}. */
  HTTPS_OR_LOOPBACK_NUMBER(false, true),
  /** https, or {@code http://localhost}, never its number. */
  HTTPS_OR_LOCALHOST(true, false),
  /** https, whatever the host. */
  HTTPS(false, false);

  private static final Set<String> NUMBERS = Set.of("127.0.0.1", "[::1]");
  private final boolean named;
  private final boolean numbered;

  RedirectPolicy(boolean named, boolean numbered) {
    this.named = named;
    this.numbered = numbered;
  }

  /** Returns what is wrong with an address and what to use; empty when it may be used. */
  public Optional<String> refusal(URI redirect) {
    String host = String.valueOf(redirect.getHost());
    if (redirect.getHost() == null
        || redirect.getRawFragment() != null
        || redirect.getRawUserInfo() != null) {
      return Optional.of("must be an absolute address without a user name or a fragment");
    }
    if ("https".equals(redirect.getScheme())) {
      return Optional.empty();
    }
    if (!"http".equals(redirect.getScheme()) || !isLoopback(host)) {
      return Optional.of("must begin with https://" + loopbacks());
    }
    boolean allowed = NUMBERS.contains(host) ? numbered : named;
    return allowed
        ? Optional.empty()
        : Optional.of("uses " + host + ", which this provider refuses: use https://" + loopbacks());
  }

  /**
   * Whether an address is the registered one. On this machine any port will do, since a program
   * cannot choose a free one in advance (RFC 8252, 7.3).
   */
  public boolean matches(URI registered, URI asked) {
    return Objects.equals(registered.getScheme(), asked.getScheme())
        && Objects.equals(registered.getHost(), asked.getHost())
        && (registered.getPort() == asked.getPort() || isLoopbackHttp(asked))
        && Objects.equals(registered.getRawPath(), asked.getRawPath())
        && Objects.equals(registered.getRawQuery(), asked.getRawQuery());
  }

  private String loopbacks() {
    return (numbered ? ", or http://127.0.0.1 on this machine" : "")
        + (named ? ", or http://localhost on this machine" : "");
  }

  private static boolean isLoopbackHttp(URI uri) {
    return "http".equals(uri.getScheme()) && isLoopback(uri.getHost());
  }

  private static boolean isLoopback(String host) {
    return NUMBERS.contains(host) || "localhost".equals(host);
  }
}
