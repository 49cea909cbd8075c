package dev.corpusync.error;

/**
 * The connector breaks a rule that the engine enforces: a cursor that comes back, a duplicate kind,
 * a question answered with null.
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
