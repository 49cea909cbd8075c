package dev.corpusync.error;

/**
 * The API has nothing at this address (404, 410).
 *
 * @since 0.1
 */
public final class NotFoundException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public NotFoundException(String message) {
    super(message);
  }

  public NotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
