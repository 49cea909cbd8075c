package dev.corpusync.error;

/**
 * The API did not answer, or answered 5xx, after every retry: try again later.
 *
 * @since 0.1
 */
public final class UnavailableException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(message);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
