package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.error.VaultMissingException;
import dev.corpusync.vault.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the secret of each connection: from the host's supplier, or from the vault. Holds
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

  /** Checks that a secret could be stored, before anything is changed. */
  void requireVault(ConnectionKey key) {
    if (vault.isEmpty()) {
      throw new VaultMissingException("storing the secret of connection '" + key + "'");
    }
  }

  void keep(ConnectionKey key, Secret secret) {
    vault.orElseThrow().put(key, FIELD, secret);
    supplied.remove(key);
  }

  /**
   * Returns a supplier that reads the store before each request: another process may replace a
   * secret.
   */
  CredentialSupplier of(ConnectionKey key) {
    CredentialSupplier hosts = supplied.get(key);
    if (hosts != null) {
      return hosts;
    }
    if (!isKept(key)) {
      throw new CredentialsMissingException(key.toString());
    }
    return () ->
        vault
            .flatMap(v -> v.find(key, FIELD))
            .map(Vault.Kept::secret)
            .orElseThrow(() -> new CredentialsMissingException(key.toString()));
  }

  private boolean isKept(ConnectionKey key) {
    try {
      return vault.flatMap(v -> v.find(key, FIELD)).isPresent();
    } catch (SecretUnreadableException e) {
      // It is stored; the run fails with this exception, which its record shows.
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
