package dev.corpusync.error;

/**
 * The connection exists with another connector, other settings or another realm: reconfigure it, or
 * disconnect it first.
 *
 * @since 0.1
 */
public final class ConnectionExistsException extends ConnectionException {
  private static final long serialVersionUID = 1L;

  public ConnectionExistsException(String connection) {
    super(
        connection,
        "connection '"
            + connection
            + "' cannot be made: it exists with another connector or other settings. Reconfigure"
            + " it, disconnect it first, or choose another key");
  }
}
