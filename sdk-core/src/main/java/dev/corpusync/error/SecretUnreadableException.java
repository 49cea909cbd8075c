package dev.corpusync.error;

/**
 * A stored secret cannot be unsealed: its key is missing or another one, or the secret was altered.
 * A person must restore the key or connect again.
 *
 * @since 0.1
 */
public final class SecretUnreadableException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public SecretUnreadableException(String message) {
    super(message);
  }
}
