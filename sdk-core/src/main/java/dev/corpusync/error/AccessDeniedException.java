package dev.corpusync.error;

/**
 * The API accepts the credentials and denies access (403): have an administrator grant it.
 *
 * @since 0.1
 */
public final class AccessDeniedException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public AccessDeniedException(String message) {
    super(message);
  }

  public AccessDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
