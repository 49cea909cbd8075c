package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The end of one HTTP request: its status or why it got no answer, and how long it took. Immutable;
 * made by {@link RequestAttempt#answered} and {@link RequestAttempt#failed}.
 *
 * @since 0.1
 */
public final class RequestEvent {
  private final RequestAttempt request;
  private final @Nullable Integer status;
  private final @Nullable RequestFailure failure;
  private final Duration duration;

  RequestEvent(
      RequestAttempt request,
      @Nullable Integer status,
      @Nullable RequestFailure failure,
      Duration duration) {
    this.request = request;
    this.status = status;
    this.failure = failure;
    this.duration = duration;
  }

  /** The request that ended; the same instance that its start was reported with. */
  public RequestAttempt request() {
    return request;
  }

  public ConnectionKey connection() {
    return request.connection();
  }

  /** The id of the run; empty outside a run, such as while an account is connected. */
  public Optional<String> run() {
    return request.run();
  }

  /** The HTTP method, in upper case. */
  public String method() {
    return request.method();
  }

  /** The host that was asked, without a port. */
  public String host() {
    return request.host();
  }

  /** Which attempt at the same call it was: 1, and one more for each repetition. */
  public int attempt() {
    return request.number();
  }

  /** The HTTP status of the answer; empty when there was no whole answer. */
  public OptionalInt status() {
    return status == null ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Why there was no whole answer; empty when there was one, whatever its status. */
  public Optional<RequestFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * From the moment before it was sent until its answer was read or it failed, by the injected
   * clock.
   */
  public Duration duration() {
    return duration;
  }

  @Override
  public String toString() {
    String result =
        status != null ? Integer.toString(status) : failure == null ? "" : failure.toString();
    return request + ": " + result + " after " + duration.toMillis() + " ms";
  }
}
