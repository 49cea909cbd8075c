package dev.corpusync.testkit.mutant;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.testkit.subject.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * A client by another hand: as right as the SDK's own, with each decision in a method of its own
 * for a mutant to get wrong.
 */
class HandwrittenApis implements ApiFactory {
  final Client client;
  final OkHttpClient http;
  private final Map<ConnectionKey, Instant> openFrom = new HashMap<>();

  /** What came back. */
  record Answer(int status, Map<String, List<String>> headers, byte[] body, HttpUrl url) {
    Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  HandwrittenApis(Client client) {
    this.client = client;
    http =
        new OkHttpClient.Builder()
            .readTimeout(read())
            .callTimeout(call())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .build();
  }

  Duration read() {
    return client.read();
  }

  Duration call() {
    return client.call();
  }

  int retries() {
    return client.retries();
  }

  /** Of a request that got no answer. */
  int repairs() {
    return client.retries();
  }

  /** Of one run. */
  boolean mayRepeat(int repeated) {
    return repeated < client.repetitions();
  }

  long mostBody() {
    return client.body();
  }

  boolean isTooMuch(Response response, long read) {
    return read > mostBody();
  }

  boolean isLimit(Answer answer) {
    boolean told =
        answer.header("retry-after").isPresent()
            || isUsedUp(answer)
            || answer.text().contains("rate limit");
    return answer.status() == 429 || (answer.status() == 403 && told);
  }

  boolean isUsedUp(Answer answer) {
    return answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
  }

  boolean isPassing(int status) {
    return status >= 500;
  }

  boolean isPage(Answer answer) {
    return answer.text().stripLeading().startsWith("<");
  }

  boolean mayFollow(HttpUrl home, HttpUrl to) {
    return home.host().equals(to.host()) && home.port() == to.port();
  }

  /** Whether a request may be sent there. */
  boolean mayAsk(HttpUrl home, HttpUrl to) {
    return mayFollow(home, to);
  }

  int mostRedirects() {
    return 5;
  }

  /** How long a refusal says to wait. */
  Duration told(Answer answer, int refusal) {
    return answer
        .header("retry-after")
        .flatMap(text -> seconds(text).or(() -> date(text).map(d -> until(answer, d))))
        .or(() -> isUsedUp(answer) ? reset(answer) : Optional.empty())
        .filter(wait -> !wait.isNegative() && !wait.isZero())
        .map(wait -> wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : wait)
        .orElse(Duration.ofSeconds(1L << Math.min(6, refusal)));
  }

  Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Optional<Duration> reset(Answer answer) {
    return answer
        .header("x-ratelimit-reset")
        .map(Long::parseLong)
        .map(
            n ->
                n > 100_000_000_000L
                    ? until(answer, Instant.ofEpochMilli(n))
                    : n > 1_000_000_000L
                        ? until(answer, Instant.ofEpochSecond(n))
                        : Duration.ofSeconds(n));
  }

  Duration until(Answer answer, Instant then) {
    return Duration.between(
        answer.header("date").flatMap(this::date).orElse(client.time().now()), then);
  }

  Duration backOff(int attempt) {
    return Duration.ofMillis(1 + client.random().nextLong(500L << Math.min(6, attempt)));
  }

  void sleep(Duration wait) {
    try {
      client.time().sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting", e);
    }
  }

  /** What is made of a connection that broke off. */
  Answer lost(Call call, HttpUrl url, IOException e) throws IOException {
    throw e;
  }

  /** What is made of a body that broke off. */
  byte[] brokenOff(IOException e) throws IOException {
    throw e;
  }

  byte[] received(byte[] body) {
    return body;
  }

  /** What a refusal becomes. */
  RuntimeException refusal(Call call, int status) {
    String answered = call + " answered " + status;
    return switch (status) {
      case 401 -> new CredentialsRejectedException(answered);
      case 403 -> new AccessDeniedException(answered);
      case 404, 410 -> new NotFoundException(answered);
      default -> new RequestRefusedException(answered);
    };
  }

  @Override
  public Api open(ApiConfig config) {
    return new Plain(config.connection(), config.baseUrl(), config.authorizer());
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }

  private final class Plain implements Api {
    private final ConnectionKey key;
    private final URI base;
    private final Authorizer authorizer;
    private int repeated;

    Plain(ConnectionKey key, URI base, Authorizer authorizer) {
      this.key = key;
      this.base = base;
      this.authorizer = authorizer;
    }

    @Override
    public Optional<Reply> find(Call call) {
      try {
        return Optional.of(send(call));
      } catch (NotFoundException e) {
        return Optional.empty();
      }
    }

    @Override
    public Reply send(Call call) {
      Duration waited = Duration.ZERO;
      int attempt = 0;
      int refusals = 0;
      while (true) {
        waited = waited.plus(awaitBudget(call, waited));
        try {
          Answer answer = exchange(call);
          if (!call.expired().contains(answer.status()) && isLimit(answer)) {
            close(told(answer, refusals++));
            continue;
          }
          if (isUsedUp(answer)) {
            reset(answer).ifPresent(this::close);
          }
          if (!isPassing(answer.status()) || call.expired().contains(answer.status())) {
            return judged(call, answer);
          }
          if (attempt >= retries() || !mayRepeat(repeated)) {
            throw new UnavailableException(call + " answered " + answer.status());
          }
        } catch (IOException e) {
          if (Thread.currentThread().isInterrupted()) {
            throw new SyncCancelledException("interrupted during " + call);
          }
          if (attempt >= repairs() || !mayRepeat(repeated)) {
            throw new UnavailableException(call + " broke off: " + e.getClass().getSimpleName());
          }
        }
        repeated++;
        sleep(backOff(attempt++));
      }
    }

    private Duration awaitBudget(Call call, Duration waited) {
      Instant now = client.time().now();
      Instant open = openFrom.getOrDefault(key, Instant.MIN);
      if (!open.isAfter(now)) {
        return Duration.ZERO;
      }
      Duration wait = Duration.between(now, open);
      if (waited.plus(wait).compareTo(client.longestWait()) > 0) {
        throw new RateLimitedException(call + ": wait " + wait.toSeconds() + " s", wait);
      }
      sleep(wait);
      return wait;
    }

    private void close(Duration wait) {
      openFrom.put(key, client.time().now().plus(wait));
    }

    private Reply judged(Call call, Answer answer) {
      if (call.expired().contains(answer.status())) {
        throw new CursorExpiredException(call + " answered " + answer.status());
      }
      boolean good = answer.status() < 300 || answer.status() == 304;
      if (!good) {
        throw refusal(call, answer.status());
      }
      if (isPage(answer)) {
        throw new MalformedReplyException(call + " answered with a web page");
      }
      return new Reply(
          call.toString(),
          answer.status(),
          answer.headers(),
          answer.body(),
          answer.header("date").flatMap(HandwrittenApis.this::date));
    }

    private Answer exchange(Call call) throws IOException {
      HttpUrl home = HttpUrl.get(base.toString());
      HttpUrl url = HttpUrl.get(call.uri(base).toString());
      if (!mayAsk(home, url)) {
        throw new RequestRefusedException(call + " leads to another host");
      }
      try {
        Answer answer = once(call, url);
        for (int i = 0; answer.status() / 100 == 3 && answer.status() != 304; i++) {
          HttpUrl to = url.resolve(answer.header("location").orElse("/"));
          if (to == null || !mayFollow(home, to) || i >= mostRedirects()) {
            throw new RequestRefusedException(call + " was redirected elsewhere, or too often");
          }
          answer = once(call, to);
        }
        return answer;
      } catch (IOException e) {
        return lost(call, url, e);
      }
    }

    private Answer once(Call call, HttpUrl url) throws IOException {
      Authorization authorization = authorizer.authorize();
      HttpUrl.Builder address = url.newBuilder();
      authorization.query().forEach((name, s) -> address.setQueryParameter(name, s.reveal()));
      Request.Builder request = new Request.Builder().url(address.build());
      call.headers().forEach(request::header);
      authorization.headers().forEach((name, s) -> request.header(name, s.reveal()));
      RequestBody body =
          call.body()
              .map(json -> RequestBody.create(json.toString(), MediaType.get("application/json")))
              .orElse(null);
      okhttp3.Call exchange = http.newCall(request.method(call.method(), body).build());
      try (Response response = exchange.execute()) {
        Map<String, List<String>> headers = new HashMap<>();
        response
            .headers()
            .toMultimap()
            .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        Buffer read = new Buffer();
        try {
          while (response.body().source().read(read, 64 << 10) >= 0) {
            if (isTooMuch(response, read.size())) {
              exchange.cancel();
              throw new MalformedReplyException(call + " answered with too much");
            }
          }
        } catch (IOException e) {
          return new Answer(response.code(), headers, brokenOff(e), url);
        }
        return new Answer(response.code(), headers, received(read.readByteArray()), url);
      }
    }
  }
}
