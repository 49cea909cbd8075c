package dev.corpusync.oauth;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.JwtSigner;
import dev.corpusync.auth.Secret;
import dev.corpusync.error.InvalidConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The registration of the host's application with a provider: client id, secret, redirect
 * addresses. Immutable; secrets are asked for at each use and never kept.
 *
 * @since 0.1
 */
public final class Registration {
  private final String clientId;
  private final Optional<CredentialSupplier> secret;
  private final Optional<Supplier<JwtSigner>> signer;
  private final List<URI> redirects;

  private Registration(
      String clientId,
      Optional<CredentialSupplier> secret,
      Optional<Supplier<JwtSigner>> signer,
      List<URI> redirects) {
    this.clientId = clientId;
    this.secret = secret;
    this.signer = signer;
    this.redirects = List.copyOf(redirects);
  }

  public static Registration of(String clientId) {
    if (clientId.isBlank()) {
      throw new InvalidConfigurationException("client_id", "is required");
    }
    return new Registration(clientId, Optional.empty(), Optional.empty(), List.of());
  }

  public Registration secret(CredentialSupplier from) {
    return new Registration(clientId, Optional.of(from), signer, redirects);
  }

  /** Sets the signer of assertions, and of applications that authenticate with a key. */
  public Registration signer(Supplier<JwtSigner> from) {
    return new Registration(clientId, secret, Optional.of(from), redirects);
  }

  /** Sets the registered redirect addresses. */
  public Registration redirects(URI... registered) {
    return new Registration(clientId, secret, signer, List.of(registered));
  }

  public String clientId() {
    return clientId;
  }

  List<URI> redirects() {
    return redirects;
  }

  Secret secret() {
    return secret
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    "client_secret", "is required: this provider identifies the application by it"))
        .get();
  }

  JwtSigner signer() {
    return signer
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    "private_key", "is required: this provider identifies the application by it"))
        .get();
  }

  /** The client id only. */
  @Override
  public String toString() {
    return "Registration " + clientId;
  }
}
