package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as it is sent: for which connection and run, and to which host. Made by what
 * sends it; a listener only reads it. Immutable.
 *
 * @since 0.1
 */
public final class RequestAttempt {
  private final ConnectionKey connection;
  private final Optional<String> run;
  private final String method;
  private final String host;
  private final int number;

  private RequestAttempt(Builder from) {
    connection = from.connection;
    run = Optional.ofNullable(from.run);
    method = from.method;
    host = from.host;
    number = from.number;
  }

  /** Starts a request of a connection that is outside a run: a GET, its first attempt. */
  public static Builder builder(ConnectionKey connection) {
    return new Builder(connection);
  }

  public ConnectionKey connection() {
    return connection;
  }

  /** The id of the run; empty outside a run, such as while an account is connected. */
  public Optional<String> run() {
    return run;
  }

  /** The HTTP method, in upper case. */
  public String method() {
    return method;
  }

  /** The host that is asked, without a port. */
  public String host() {
    return host;
  }

  /** Which attempt at the same call this is: 1, and one more for each repetition. */
  public int number() {
    return number;
  }

  /**
   * Returns the event of an answer.
   *
   * @param duration until the whole answer was read
   */
  public RequestEvent answered(int status, Duration duration) {
    return new RequestEvent(this, status, null, duration);
  }

  /** Returns the event of a request that got no whole answer. */
  public RequestEvent failed(RequestFailure failure, Duration duration) {
    return new RequestEvent(this, null, failure, duration);
  }

  @Override
  public String toString() {
    return method + " " + host + ", attempt " + number;
  }

  /** Collects what is known of a request before it is sent. */
  public static final class Builder {
    private final ConnectionKey connection;
    private @Nullable String run;
    private String method = "GET";
    private String host = "";
    private int number = 1;

    private Builder(ConnectionKey connection) {
      this.connection = connection;
    }

    public Builder run(String id) {
      run = Objects.requireNonNull(id);
      return this;
    }

    public Builder method(String name) {
      method = Objects.requireNonNull(name);
      return this;
    }

    public Builder host(String name) {
      host = Objects.requireNonNull(name);
      return this;
    }

    /** Which attempt at the same call it is, from 1. */
    public Builder number(int attempt) {
      if (attempt < 1) {
        throw new IllegalArgumentException("attempts are counted from 1");
      }
      number = attempt;
      return this;
    }

    public RequestAttempt build() {
      return new RequestAttempt(this);
    }
  }
}
