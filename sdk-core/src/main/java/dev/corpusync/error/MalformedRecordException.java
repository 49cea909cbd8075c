package dev.corpusync.error;

/**
 * One record cannot be read; it becomes a failed item, and its page is stored without it (P10).
 *
 * @since 0.1
 */
public final class MalformedRecordException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public MalformedRecordException(String message) {
    super(message);
  }

  public MalformedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
