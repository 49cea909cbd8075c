package dev.corpusync.sync;

import dev.corpusync.error.ExceptionSummary;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes request events to several listeners, and stops the exceptions that they throw. */
final class RequestListeners implements RequestListener {
  private static final Logger log = LoggerFactory.getLogger(RequestListener.class);
  private final List<RequestListener> listeners;

  RequestListeners(Collection<? extends RequestListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void requestStarted(RequestAttempt request) {
    notifyAll(listener -> listener.requestStarted(request));
  }

  @Override
  public void requestEnded(RequestEvent event) {
    notifyAll(listener -> listener.requestEnded(event));
  }

  private void notifyAll(Consumer<RequestListener> event) {
    for (RequestListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        // The message is the host's and may quote anything: only type and place are logged (P11).
        log.warn("request listener failed error={}", ExceptionSummary.of(e));
      }
    }
  }
}
