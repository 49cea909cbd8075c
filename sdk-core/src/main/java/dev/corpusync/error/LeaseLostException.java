package dev.corpusync.error;

/**
 * Another worker holds the connection, or it was disconnected: this run's writes are refused (P2).
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
