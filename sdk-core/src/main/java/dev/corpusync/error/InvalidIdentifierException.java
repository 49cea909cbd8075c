package dev.corpusync.error;

/**
 * A text cannot identify anything: it is blank, too long, or holds what no store can keep. The
 * message never quotes it, since ids may be private.
 *
 * @since 0.1
 */
public final class InvalidIdentifierException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidIdentifierException(String message) {
    super(message);
  }
}
