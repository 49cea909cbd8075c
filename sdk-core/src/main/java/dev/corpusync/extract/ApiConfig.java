package dev.corpusync.extract;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.RequestListener;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client of one connection is made from: address, authorisation, run and request
 * listeners. Immutable. A factory that wraps another one passes it on, changed by {@link
 * #toBuilder} where it must.
 *
 * @since 0.1
 */
public final class ApiConfig {
  private final ConnectionKey connection;
  private final URI baseUrl;
  private final Authorizer authorizer;
  private final @Nullable String run;
  private final List<RequestListener> listeners;

  private ApiConfig(Builder from) {
    connection = from.connection;
    baseUrl = from.baseUrl;
    authorizer = from.authorizer;
    run = from.run;
    listeners = List.copyOf(from.listeners);
  }

  /**
   * @param authorizer asked before each request, and told when what it gave was refused
   */
  public static Builder builder(ConnectionKey connection, URI baseUrl, Authorizer authorizer) {
    return new Builder(connection, baseUrl, authorizer);
  }

  /** Returns a builder with everything that is set here. */
  public Builder toBuilder() {
    Builder copy = new Builder(connection, baseUrl, authorizer);
    copy.run = run;
    copy.listeners.addAll(listeners);
    return copy;
  }

  public ConnectionKey connection() {
    return connection;
  }

  public URI baseUrl() {
    return baseUrl;
  }

  /** Asked before each request, and told when what it gave was refused. */
  public Authorizer authorizer() {
    return authorizer;
  }

  /** The id of the run that the client works for; empty outside a run. */
  public Optional<String> run() {
    return Optional.ofNullable(run);
  }

  /**
   * The listeners to report each request to, as one that never throws an exception. A factory that
   * does not report requests may leave it alone.
   */
  public RequestListener requestListener() {
    return RequestListener.all(listeners);
  }

  /** Collects what a client is made from. */
  public static final class Builder {
    private final ConnectionKey connection;
    private URI baseUrl;
    private final Authorizer authorizer;
    private @Nullable String run;
    private final List<RequestListener> listeners = new ArrayList<>();

    private Builder(ConnectionKey connection, URI baseUrl, Authorizer authorizer) {
      this.connection = connection;
      this.baseUrl = baseUrl;
      this.authorizer = authorizer;
    }

    public Builder baseUrl(URI other) {
      baseUrl = Objects.requireNonNull(other);
      return this;
    }

    public Builder run(String id) {
      run = Objects.requireNonNull(id);
      return this;
    }

    /** Adds a listener to those that are set already. */
    public Builder requestListener(RequestListener listener) {
      listeners.add(Objects.requireNonNull(listener));
      return this;
    }

    public ApiConfig build() {
      return new ApiConfig(this);
    }
  }
}
