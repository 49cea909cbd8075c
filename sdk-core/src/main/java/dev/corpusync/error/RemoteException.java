package dev.corpusync.error;

import org.jspecify.annotations.Nullable;

/**
 * A request to the remote API did not give a usable reply. A page during which this was thrown is
 * never committed.
 *
 * @since 0.1
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
