package dev.corpusync.error;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The host's subscriber threw while a change was delivered: repair it; the change is delivered
 * again.
 *
 * <p>Neither the message nor the cause holds what the subscriber said, since it may quote content:
 * the cause has the type and the stack trace of each exception, and no other text.
 *
 * @since 0.1
 */
public final class SubscriberException extends CorpusyncException implements HostFault {
  private static final long serialVersionUID = 1L;
  private final String subscriber;

  public SubscriberException(String subscriber, Throwable thrown) {
    super(
        "delivery to subscriber '"
            + subscriber
            + "' failed: the subscriber threw "
            + ExceptionSummary.of(thrown)
            + ". The change is delivered again; repair the subscriber",
        withoutMessages(thrown));
    this.subscriber = subscriber;
  }

  /** Returns the name of the subscriber. */
  public String subscriber() {
    return subscriber;
  }

  private static Exception withoutMessages(Throwable thrown) {
    return copy(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Exception copy(Throwable thrown, Set<Throwable> copied) {
    copied.add(thrown);
    Exception copy = new WithoutMessage(thrown.getClass().getName());
    copy.setStackTrace(thrown.getStackTrace());
    Throwable cause = thrown.getCause();
    if (cause != null && !copied.contains(cause)) {
      copy.initCause(copy(cause, copied));
    }
    return copy;
  }

  private static final class WithoutMessage extends Exception {
    private static final long serialVersionUID = 1L;

    WithoutMessage(String type) {
      super(type);
    }

    @Override
    public String toString() {
      return String.valueOf(getMessage());
    }
  }
}
