package dev.corpusync.error;

/** One record that cannot be read; the record fails and is kept as such, the page goes on (P10). */
public final class MalformedRecordException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public MalformedRecordException(String message) {
    super(message);
  }

  public MalformedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
