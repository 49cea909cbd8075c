package dev.corpusync.error;

/**
 * An answer that is not what the connector declared: HTML, cut or huge JSON, a missing cursor
 * field, an error hidden in a 200.
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
