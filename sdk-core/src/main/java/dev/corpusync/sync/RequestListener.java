package dev.corpusync.sync;

import java.util.Collection;

/**
 * Receives an event when an HTTP request to a connection's API starts and when it ends. Each
 * repetition of a request, and each redirect that is followed, is a request of its own. Nothing
 * private is passed: no path, no query, no id, no header.
 *
 * <p>Called on the thread that makes the request, start and end on the same thread with no other
 * request between them; several threads call at once. It must not block: the request waits for it.
 * An exception that it throws is logged by type and place, and changes nothing about the request.
 * Requests to the token endpoint of an authorization server are not reported.
 *
 * @since 0.1
 */
public interface RequestListener {
  /** Called before the request is sent. */
  default void requestStarted(RequestAttempt request) {}

  /** Called when the whole answer was read, or when the request failed. */
  default void requestEnded(RequestEvent event) {}

  /** Returns a listener that does nothing. */
  static RequestListener none() {
    return new RequestListener() {};
  }

  /**
   * Returns one listener that passes each event to all of these, in their order. An exception of
   * one of them is logged and keeps no other from its event.
   */
  static RequestListener all(Collection<? extends RequestListener> listeners) {
    return new RequestListeners(listeners);
  }
}
