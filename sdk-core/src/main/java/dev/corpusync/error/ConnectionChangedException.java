package dev.corpusync.error;

/**
 * Another thread or process changed the connection meanwhile: look at it and try again.
 *
 * @since 0.1
 */
public final class ConnectionChangedException extends ConnectionException {
  private static final long serialVersionUID = 1L;

  public ConnectionChangedException(String connection) {
    super(
        connection,
        "connection '"
            + connection
            + "' was not changed: another thread or process changed it meanwhile. Look at it and"
            + " try again");
  }
}
