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

  /**
   * Called before the secret is used, with the origins that it will be sent to. A supplier that
   * keeps a secret from one process to the next compares them with those that it was given for.
   * Does nothing by default: what is supplied by the host's code is the host's to decide.
   *
   * @throws dev.corpusync.error.CredentialsRejectedException when the secret was given for others:
   *     a person must give it again
   */
  default void bind(SecretOrigin origin) {}
}
