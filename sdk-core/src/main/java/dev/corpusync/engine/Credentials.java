package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.error.VaultMissingException;
import dev.corpusync.vault.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the secret of each connection: from the host's supplier, or from the vault, and hands it
 * out only for the origins that it was given for (P11). Holds suppliers, and never a secret that
 * was stored. Safe for many threads.
 */
final class Credentials {
  private static final String FIELD = "secret";
  private final Optional<Vault> vault;
  private final Map<ConnectionKey, Supplied> supplied = new ConcurrentHashMap<>();

  private record Supplied(SecretOrigin origin, CredentialSupplier secret) {}

  Credentials(Optional<Vault> vault) {
    this.vault = vault;
  }

  void supply(ConnectionKey key, SecretOrigin origin, CredentialSupplier secret) {
    supplied.put(key, new Supplied(origin, secret));
  }

  /** Checks that a secret could be stored, before anything is changed. */
  void requireVault(ConnectionKey key) {
    if (vault.isEmpty()) {
      throw new VaultMissingException("storing the secret of connection '" + key + "'");
    }
  }

  void keep(ConnectionKey key, SecretOrigin origin, Secret secret) {
    vault.orElseThrow().put(key, FIELD, origin, secret);
    supplied.remove(key);
  }

  /**
   * Returns a supplier that reads the store before each request: another process may replace a
   * secret.
   *
   * @throws CredentialsMissingException when there are none for these origins
   */
  CredentialSupplier of(ConnectionKey key, SecretOrigin origin) {
    Supplied hosts = supplied.get(key);
    if (hosts != null) {
      if (!hosts.origin().equals(origin)) {
        throw CredentialsMissingException.forOrigin(key.toString());
      }
      return hosts.secret();
    }
    if (!isKept(key, origin)) {
      throw new CredentialsMissingException(key.toString());
    }
    return () ->
        kept(key, origin).orElseThrow(() -> new CredentialsMissingException(key.toString()));
  }

  private Optional<Secret> kept(ConnectionKey key, SecretOrigin origin) {
    return vault.flatMap(v -> v.find(key, FIELD, origin)).map(Vault.Kept::secret);
  }

  private boolean isKept(ConnectionKey key, SecretOrigin origin) {
    try {
      return kept(key, origin).isPresent();
    } catch (SecretUnreadableException e) {
      // It is stored; the run fails with this exception, which its record shows.
      return true;
    }
  }

  /**
   * Binds what an earlier version stored without origins, before the connection gets other ones.
   */
  void bind(ConnectionKey key, SecretOrigin origin) {
    try {
      isKept(key, origin);
    } catch (CredentialsMissingException e) {
      // It is bound to other ones already: what it was given for is known.
    }
  }

  void remove(ConnectionKey key) {
    supplied.remove(key);
  }

  void clear() {
    supplied.clear();
  }
}
