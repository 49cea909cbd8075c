package dev.corpusync.error;

/** What answers at the connection's address is not the API. */
public final class WrongSiteException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public WrongSiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
