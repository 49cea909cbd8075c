package dev.corpusync.http;

import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/**
 * Creates API clients over HTTP. They share one pool of sockets; each connection has its own
 * credentials, origin and rate limit. Calls block; safe for many threads. {@link #close()} ends the
 * calls under way with {@link dev.corpusync.error.SyncCancelledException} and releases the sockets.
 * The network library's threads are daemons, shared by all its users in the JVM, and end by
 * themselves a minute after their last use.
 *
 * @since 0.1
 */
public final class HttpClients implements ApiFactory {
  private final OkHttpClient client;
  private final Limits limits;
  private final Time time;
  private final RandomGenerator random;
  private final Map<ConnectionKey, RateLimitGate> gates = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * What the builder has decided.
   *
   * @param body the largest body that is read, after decompression
   * @param retries of a request, after transient failures
   * @param few retries of a run, beside a share of its requests
   * @param longestWait the longest that one call waits for a rate limit, all its waits together
   * @param total the longest that one call takes, with its retries and waits
   */
  record Limits(
      long body,
      int retries,
      int few,
      double share,
      Duration longestWait,
      Duration call,
      Duration total,
      String userAgent) {
    String bodyText() {
      return body < 1 << 20 ? body + " bytes" : (body >> 20) + " MB";
    }
  }

  private HttpClients(Builder from) {
    client =
        new OkHttpClient.Builder()
            .connectTimeout(from.connect)
            .readTimeout(from.read)
            .callTimeout(from.call)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .addNetworkInterceptor(chain -> AnswerHeaders.hidden(chain.proceed(chain.request())))
            .build();
    limits =
        new Limits(
            from.body,
            from.retries,
            from.few,
            from.share,
            from.wait,
            from.call,
            from.total,
            from.userAgent);
    time = from.time;
    random = from.random;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Api open(ApiConfig config) {
    if (closed) {
      throw new IllegalStateException("the HTTP clients are closed");
    }
    RateLimitGate gate = gates.computeIfAbsent(config.connection(), key -> new RateLimitGate(time));
    RetryBudget budget = new RetryBudget(limits.few(), limits.share());
    Retries retries = new Retries(time, random, limits.retries(), budget);
    return new HttpApi(new HttpExchange(this, config), gate, retries, limits, time);
  }

  /**
   * Returns a client for the token endpoints of authorization servers, on any host. A request takes
   * at most half a minute, is not cut off by an interrupt of the caller, is not retried, and is not
   * reported to request listeners.
   */
  public TokenEndpoint tokenEndpoint() {
    return new FormTokenEndpoint(client, limits.userAgent(), time);
  }

  /** Idempotent. */
  @Override
  public void close() {
    closed = true;
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }

  OkHttpClient client() {
    return client;
  }

  Limits limits() {
    return limits;
  }

  Time time() {
    return time;
  }

  boolean isClosed() {
    return closed;
  }

  static boolean isHeaderValue(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /** Collects what a host decides; every value has a default. */
  public static final class Builder {
    private Time time = Time.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private Duration connect = Duration.ofSeconds(10);
    private Duration read = Duration.ofSeconds(30);
    private Duration call = Duration.ofMinutes(2);
    private Duration wait = Duration.ofSeconds(60);
    private Duration total = Duration.ofSeconds(150);
    private int few = 60;
    private double share = 0.2;
    private long body = 64L << 20;
    private int retries = 4;
    private String userAgent = "Corpusync";

    private Builder() {}

    public Builder time(Time source) {
      time = source;
      return this;
    }

    /** The source of the jitter of retries; used by one thread at a time. */
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
      require(isPositive(toConnect) && isPositive(toRead) && isPositive(ofCall), "timeouts");
      connect = toConnect;
      read = toRead;
      call = ofCall;
      return this;
    }

    /** The largest body that is read, after decompression; 64 MB by default. */
    public Builder maxBody(long bytes) {
      require(bytes > 0, "maxBody");
      body = bytes;
      return this;
    }

    /** How often a request is retried after transient failures; 4 by default. */
    public Builder retries(int most) {
      require(most >= 0, "retries");
      retries = most;
      return this;
    }

    /**
     * How many requests one run retries in all, a run being what uses one client that {@link #open}
     * returned: a fixed number, and a share of the requests that it makes; 60 and a fifth by
     * default. After that no failure is retried.
     */
    public Builder retryBudget(int some, double shareOfRequests) {
      require(some >= 0 && shareOfRequests >= 0, "retryBudget");
      few = some;
      share = shareOfRequests;
      return this;
    }

    /**
     * The deadline of one call, with its retries and the waits between them; two and a half minutes
     * by default. The attempt under way then is cut off.
     */
    public Builder total(Duration longest) {
      require(isPositive(longest), "total");
      total = longest;
      return this;
    }

    /**
     * The longest that one call waits for a rate limit before it gives its worker back; a minute by
     * default.
     */
    public Builder maxWait(Duration longest) {
      require(!longest.isNegative(), "maxWait");
      wait = longest;
      return this;
    }

    public Builder userAgent(String name) {
      require(isHeaderValue(name), "userAgent");
      userAgent = name;
      return this;
    }

    public HttpClients build() {
      return new HttpClients(this);
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean valid, String name) {
      if (!valid) {
        throw new IllegalArgumentException(name + " is out of range");
      }
    }
  }
}
