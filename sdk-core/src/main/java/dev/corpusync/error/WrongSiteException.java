package dev.corpusync.error;

/**
 * What answers at the address of the connection is not the API: correct the address.
 *
 * @since 0.1
 */
public final class WrongSiteException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public WrongSiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
