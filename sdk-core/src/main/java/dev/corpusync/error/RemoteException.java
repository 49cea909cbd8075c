package dev.corpusync.error;

import org.jspecify.annotations.Nullable;

/**
 * A request to the remote API that did not give a usable answer. A page during which one was thrown
 * is never committed.
 */
public abstract class RemoteException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  protected RemoteException(String message) {
    super(message);
  }

  protected RemoteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
