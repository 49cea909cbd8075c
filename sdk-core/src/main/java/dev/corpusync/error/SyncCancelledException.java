package dev.corpusync.error;

/**
 * The run was cancelled between two pages; the next run resumes from the last commit.
 *
 * @since 0.1
 */
public final class SyncCancelledException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  public SyncCancelledException(String message) {
    super(message);
  }

  public SyncCancelledException(String message, Throwable cause) {
    super(message, cause);
  }
}
