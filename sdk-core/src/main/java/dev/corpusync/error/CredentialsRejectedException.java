package dev.corpusync.error;

/** The API does not accept who we are (401): a person must authorise again. */
public final class CredentialsRejectedException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public CredentialsRejectedException(String message) {
    super(message);
  }

  public CredentialsRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
