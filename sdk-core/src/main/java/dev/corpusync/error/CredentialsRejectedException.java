package dev.corpusync.error;

/**
 * The API rejects the credentials (401): a person must sign in again.
 *
 * @since 0.1
 */
public final class CredentialsRejectedException extends RemoteException {
  private static final long serialVersionUID = 1L;

  public CredentialsRejectedException(String message) {
    super(message);
  }

  public CredentialsRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
