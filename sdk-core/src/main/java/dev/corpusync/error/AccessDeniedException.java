package dev.corpusync.error;

/** We are known but may not see this (403): grant access, or leave it unknown. */
public final class AccessDeniedException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public AccessDeniedException(String message) {
    super(message);
  }

  public AccessDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
