package dev.corpusync.auth;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The origins that a secret was given for: scheme, host and port of the API's base URL and of the
 * token endpoints (P11). It is stored with the secret, which is never sent anywhere else.
 * Immutable.
 *
 * @since 0.1
 */
public final class SecretOrigin {
  /** Of a secret that is sent nowhere, such as a key that signs. */
  public static final SecretOrigin NONE = new SecretOrigin(Set.of());

  private final String text;

  private SecretOrigin(Collection<String> origins) {
    text = String.join(" ", new TreeSet<>(origins));
  }

  /** Returns the origins of some addresses: their scheme, host and port. */
  public static SecretOrigin of(Collection<URI> addresses) {
    return new SecretOrigin(
        addresses.stream().map(SecretOrigin::origin).collect(Collectors.toSet()));
  }

  /** Reads what {@link #toString} wrote. */
  public static SecretOrigin parse(String text) {
    return new SecretOrigin(text.isEmpty() ? Set.of() : Set.of(text.split(" ")));
  }

  private static String origin(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(address.getRawAuthority()).toLowerCase(Locale.ROOT);
    boolean named = host.matches(".*:[0-9]+");
    return scheme + "://" + host + (named ? "" : scheme.equals("http") ? ":80" : ":443");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretOrigin o && o.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The origins in one order, separated by blanks; empty for {@link #NONE}. */
  @Override
  public String toString() {
    return text;
  }
}
