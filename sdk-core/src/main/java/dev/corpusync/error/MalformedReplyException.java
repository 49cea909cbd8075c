package dev.corpusync.error;

/**
 * The API sent a reply that is not what the connector declared: HTML, truncated or huge JSON, a
 * missing cursor field, an error in a 200.
 *
 * @since 0.1
 */
public final class MalformedReplyException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public MalformedReplyException(String message) {
    super(message);
  }

  public MalformedReplyException(String message, Throwable cause) {
    super(message, cause);
  }
}
