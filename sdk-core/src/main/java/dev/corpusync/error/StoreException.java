package dev.corpusync.error;

/**
 * The store could not read or write: unreachable, read-only, or written by a newer version.
 *
 * @since 0.1
 */
public class StoreException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
