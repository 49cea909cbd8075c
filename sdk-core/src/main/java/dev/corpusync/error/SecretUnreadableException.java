package dev.corpusync.error;

/**
 * A stored secret cannot be opened: its key is missing or another one, or it was changed. A person
 * must give the key back or connect again.
 */
public final class SecretUnreadableException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public SecretUnreadableException(String message) {
    super(message);
  }
}
