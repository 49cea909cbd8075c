package dev.corpusync.error;

/**
 * This process has no credentials for the connection, and none are stored: call {@code connect}.
 *
 * @since 0.1
 */
public final class CredentialsMissingException extends ConnectionException {
  private static final long serialVersionUID = 1L;

  public CredentialsMissingException(String connection) {
    super(
        connection,
        "connection '"
            + connection
            + "' has no credentials: none were supplied in this process and none are stored. Call"
            + " connect with them");
  }
}
