package dev.corpusync.auth;

/**
 * Where the host keeps the secret of a connection. Called before requests, from any worker thread;
 * nothing that it returns is stored.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CredentialSupplier {
  Secret get();
}
