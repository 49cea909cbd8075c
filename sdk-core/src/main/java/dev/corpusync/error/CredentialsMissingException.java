package dev.corpusync.error;

/**
 * This process has no credentials for the connection, and none are stored: call {@code connect}. Or
 * those that there are were given for another origin than its settings name now: give them again.
 *
 * @since 0.1
 */
public final class CredentialsMissingException extends ConnectionException {
  private static final long serialVersionUID = 1L;

  public CredentialsMissingException(String connection) {
    this(
        connection,
        "connection '"
            + connection
            + "' has no credentials: none were supplied in this process and none are stored. Call"
            + " connect with them");
  }

  private CredentialsMissingException(String connection, String message) {
    super(connection, message);
  }

  /** Returns the exception for credentials that were given for another origin (P11). */
  public static CredentialsMissingException forOrigin(String connection) {
    return new CredentialsMissingException(
        connection,
        "the credentials of connection '"
            + connection
            + "' were given for another address than its settings lead to. Nothing was sent; give"
            + " the credentials again, together with the settings (reconfigure), or connect the"
            + " account again");
  }
}
