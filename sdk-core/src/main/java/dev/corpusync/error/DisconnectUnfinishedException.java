package dev.corpusync.error;

/**
 * The connection is being erased: call {@code disconnect} again, which continues.
 *
 * @since 0.1
 */
public final class DisconnectUnfinishedException extends ConnectionException {
  private static final long serialVersionUID = 1L;

  public DisconnectUnfinishedException(String connection) {
    super(
        connection,
        "connection '"
            + connection
            + "' cannot be used: it is being erased, call disconnect again to finish that");
  }
}
