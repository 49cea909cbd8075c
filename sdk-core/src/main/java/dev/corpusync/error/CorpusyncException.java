package dev.corpusync.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions of Corpusync. Subclasses are named by what should happen next. A
 * message says what was attempted, on what, what came back and what to do; it never holds a secret
 * or the content of a record.
 *
 * @since 0.1
 */
public abstract class CorpusyncException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected CorpusyncException(String message) {
    super(message);
  }

  protected CorpusyncException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
