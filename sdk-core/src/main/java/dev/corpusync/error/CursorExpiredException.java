package dev.corpusync.error;

/**
 * The API no longer accepts the cursor: the engine reads the scope in full again (P4).
 *
 * @since 0.1
 */
public final class CursorExpiredException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public CursorExpiredException(String message) {
    super(message);
  }

  public CursorExpiredException(String message, Throwable cause) {
    super(message, cause);
  }
}
