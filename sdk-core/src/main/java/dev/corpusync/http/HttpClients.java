package dev.corpusync.http;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.sync.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/**
 * Clients over HTTP. They share one pool of sockets; each connection has its own credentials,
 * origin and request budget. Calls block; safe for many threads. {@link #close()} releases sockets
 * and threads.
 */
public final class HttpClients implements ApiFactory {
  private final OkHttpClient client;
  private final Limits limits;
  private final Time time;
  private final RandomGenerator random;
  private final Map<ConnectionKey, RateBudget> budgets = new ConcurrentHashMap<>();

  /**
   * @param body the largest body that is read, after decompression
   * @param retries of a request that failed in a way that passes
   * @param longestWait the longest that one call waits for a rate limit, all its waits together
   */
  record Limits(long body, int retries, Duration longestWait, String userAgent) {}

  private HttpClients(Builder from) {
    client =
        new OkHttpClient.Builder()
            .connectTimeout(from.connect)
            .readTimeout(from.read)
            .callTimeout(from.call)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
    limits = new Limits(from.body, from.retries, from.wait, from.userAgent);
    time = from.time;
    random = from.random;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Api open(
      ConnectionKey key, URI baseUrl, Optional<AuthScheme> scheme, CredentialSupplier credentials) {
    RateBudget budget = budgets.computeIfAbsent(key, k -> new RateBudget(time));
    Wire wire = new Wire(client, new Origin(baseUrl), scheme, credentials, limits);
    return new HttpApi(
        key, wire, budget, new Retries(time, random, limits.retries()), limits.longestWait(), time);
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** Collects what a host decides; every value has a default. */
  public static final class Builder {
    private Time time = Time.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private Duration connect = Duration.ofSeconds(10);
    private Duration read = Duration.ofSeconds(30);
    private Duration call = Duration.ofMinutes(2);
    private Duration wait = Duration.ofSeconds(60);
    private long body = 64L << 20;
    private int retries = 4;
    private String userAgent = "Corpusync";

    private Builder() {}

    public Builder time(Time source) {
      time = source;
      return this;
    }

    /** Spreads retries. */
    public Builder random(RandomGenerator source) {
      random = source;
      return this;
    }

    /**
     * @param toConnect until a socket is open
     * @param toRead between two bytes
     * @param ofCall for a whole exchange, its body included
     */
    public Builder timeouts(Duration toConnect, Duration toRead, Duration ofCall) {
      connect = toConnect;
      read = toRead;
      call = ofCall;
      return this;
    }

    /** The largest body that is read, after decompression; 64 MB by default. */
    public Builder maxBody(long bytes) {
      body = bytes;
      return this;
    }

    /** How often a request is repeated that failed in a way that passes; 4 by default. */
    public Builder retries(int most) {
      retries = most;
      return this;
    }

    /**
     * The longest that one call waits for a rate limit before it gives its worker back; a minute by
     * default.
     */
    public Builder maxWait(Duration longest) {
      wait = longest;
      return this;
    }

    public Builder userAgent(String name) {
      userAgent = name;
      return this;
    }

    public HttpClients build() {
      return new HttpClients(this);
    }
  }
}
