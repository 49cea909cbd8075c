package dev.corpusync.auth;

/**
 * Supplies the secret of a connection from where the host keeps it. Called before requests, from
 * any worker thread; nothing that it returns is stored.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CredentialSupplier {
  Secret get();
}
