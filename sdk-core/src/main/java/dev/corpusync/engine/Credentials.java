package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.vault.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the secret of each connection comes from: the host's supplier, or the vault. Holds
 * suppliers, and never a secret that was stored. Safe for many threads.
 */
final class Credentials {
  private static final String FIELD = "secret";
  private final Optional<Vault> vault;
  private final Map<ConnectionKey, CredentialSupplier> supplied = new ConcurrentHashMap<>();

  Credentials(Optional<Vault> vault) {
    this.vault = vault;
  }

  void supply(ConnectionKey key, CredentialSupplier secret) {
    supplied.put(key, secret);
  }

  /** Before anything is changed: whether a secret could be kept. */
  void requireVault(ConnectionKey key) {
    if (vault.isEmpty()) {
      throw new InvalidConfigurationException(
          "vault",
          "is missing, so the secret of '"
              + key
              + "' cannot be kept: give CorpusyncBuilder.vault a KeyProvider, or connect with a CredentialSupplier");
    }
  }

  void keep(ConnectionKey key, Secret secret) {
    vault.orElseThrow().put(key, FIELD, secret);
    supplied.remove(key);
  }

  /** Asked before each request, so that a secret that another process has replaced is used. */
  CredentialSupplier of(ConnectionKey key) {
    CredentialSupplier hosts = supplied.get(key);
    if (hosts != null) {
      return hosts;
    }
    if (!isKept(key)) {
      throw new InvalidConfigurationException(
          "connection",
          "'" + key + "' has no credentials in this process and none are stored: call connect");
    }
    return () ->
        vault
            .flatMap(v -> v.find(key, FIELD))
            .map(Vault.Kept::secret)
            .orElseThrow(
                () ->
                    new InvalidConfigurationException(
                        "connection", "'" + key + "' has no stored secret any more: connect it"));
  }

  private boolean isKept(ConnectionKey key) {
    try {
      return vault.flatMap(v -> v.find(key, FIELD)).isPresent();
    } catch (SecretUnreadableException e) {
      // It is there; the run will fail with this, and keep it where people look.
      return true;
    }
  }

  void remove(ConnectionKey key) {
    supplied.remove(key);
  }

  void clear() {
    supplied.clear();
  }
}
