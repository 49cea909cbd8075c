package dev.corpusync.error;

/**
 * The connector breaks a rule that the engine enforces, such as a repeated cursor, a duplicate
 * kind, or a method that returns null: its author must repair it.
 *
 * @since 0.1
 */
public final class ConnectorDefectException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public ConnectorDefectException(String message) {
    super(message);
  }

  public ConnectorDefectException(String message, Throwable cause) {
    super(message, cause);
  }
}
