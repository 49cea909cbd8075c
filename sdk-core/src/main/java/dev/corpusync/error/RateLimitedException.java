package dev.corpusync.error;

import java.time.Duration;

/**
 * The API asks for a longer wait than a worker should spend: run again after {@link #retryAfter()}.
 *
 * @since 0.1
 */
public final class RateLimitedException extends RemoteException {
  private static final long serialVersionUID = 1L;
  private final Duration retryAfter;

  public RateLimitedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
