package dev.corpusync.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;

/** How a secret becomes a header. Connectors declare schemes and never see a secret. */
public final class AuthScheme {
  private final String name;
  private final String header;
  private final Function<Secret, String> value;

  private AuthScheme(String name, String header, Function<Secret, String> value) {
    this.name = name;
    this.header = header;
    this.value = value;
  }

  /** {@code Authorization: Bearer …}. */
  public static AuthScheme bearer() {
    return new AuthScheme("bearer", "Authorization", s -> "Bearer " + s.reveal());
  }

  /** A key in a header of the API's own. */
  public static AuthScheme apiKey(String header) {
    return new AuthScheme("api-key:" + header.toLowerCase(Locale.ROOT), header, Secret::reveal);
  }

  /** {@code Authorization: Basic …}; the secret is {@code user:password}. */
  public static AuthScheme basic() {
    return new AuthScheme(
        "basic",
        "Authorization",
        s ->
            "Basic "
                + Base64.getEncoder().encodeToString(s.reveal().getBytes(StandardCharsets.UTF_8)));
  }

  public String name() {
    return name;
  }

  public String header() {
    return header;
  }

  /** The header's value; a secret itself. */
  public String value(Secret secret) {
    return value.apply(secret);
  }
}
