package dev.corpusync.error;

/**
 * No connection has this key: connect it first.
 *
 * @since 0.1
 */
public final class ConnectionNotFoundException extends ConnectionException {
  private static final long serialVersionUID = 1L;

  public ConnectionNotFoundException(String connection) {
    super(connection, "connection '" + connection + "' does not exist: connect it first");
  }
}
