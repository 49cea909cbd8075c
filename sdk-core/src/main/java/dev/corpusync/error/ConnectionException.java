package dev.corpusync.error;

/**
 * A call that the state of its connection does not allow; nothing was changed. Each subclass says
 * what to do next. Catch this one where a host treats all of them alike.
 *
 * @since 0.1
 */
public abstract class ConnectionException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String connection;

  protected ConnectionException(String connection, String message) {
    super(message);
    this.connection = connection;
  }

  /** Returns the key of the connection as text: tenant and name. */
  public String connection() {
    return connection;
  }
}
