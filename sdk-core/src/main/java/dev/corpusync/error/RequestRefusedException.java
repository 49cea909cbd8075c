package dev.corpusync.error;

/**
 * The API refuses the request itself (400, 422), or the request goes to another origin: repeated,
 * it fails again.
 *
 * @since 0.1
 */
public final class RequestRefusedException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public RequestRefusedException(String message) {
    super(message);
  }

  public RequestRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
