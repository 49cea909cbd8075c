package dev.corpusync.error;

/**
 * Another worker holds the lease of the connection, or it was disconnected: the store refuses the
 * writes of this worker (P2). A run that meets this ends {@code FENCED}.
 *
 * @since 0.1
 */
public final class LeaseLostException extends StoreException {
  private static final long serialVersionUID = 1L;

  public LeaseLostException(String message) {
    super(message);
  }

  public LeaseLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
