package dev.corpusync.http;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Secret;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.GraphQlErrors;
import dev.corpusync.sync.RequestAttempt;
import dev.corpusync.sync.RequestFailure;
import dev.corpusync.sync.RequestListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one request of a connection and reads its answer: adds the authorization, limits the body,
 * follows redirects within the origin, and reports each HTTP request to the listeners. Safe for
 * many threads.
 */
final class HttpExchange {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);
  private final HttpClients clients;
  private final ApiConfig config;
  private final Origin origin;
  private final RequestListener listener;
  private final HttpClients.Limits limits;

  HttpExchange(HttpClients clients, ApiConfig config) {
    this.clients = clients;
    this.config = config;
    origin = new Origin(config.baseUrl());
    listener = config.requestListener();
    limits = clients.limits();
  }

  /**
   * An answer, whatever its status. A closed value.
   *
   * @param headers names in lower case
   * @param said the status for messages, in words where only the body says it
   */
  record Answer(int status, Map<String, List<String>> headers, byte[] body, String said) {
    Answer(int status, Map<String, List<String>> headers, byte[] body) {
      this(status, headers, body, Integer.toString(status));
    }

    Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The answer with the status that an error in its body stands for: a GraphQL API answers 200
     * and names the failure in the body.
     */
    Answer withStatusOfBody(Call call) {
      return call.errors()
          .filter(errors -> status == 200)
          .flatMap(errors -> errors.in(body))
          .map(this::as)
          .orElse(this);
    }

    private Answer as(GraphQlErrors.Meaning meaning) {
      // An error of unknown meaning is a refusal, so that a stored cursor is given up (P4).
      int meant = meaning.status().orElse(400);
      String code = meaning.code().map(c -> ", " + c).orElse("");
      Map<String, List<String>> more = new HashMap<>(headers);
      meaning
          .retryAfter()
          .ifPresent(w -> more.put("retry-after", List.of(Long.toString(w.toSeconds()))));
      return new Answer(
          meant, more, body, "200 with an error in its body" + code + ", which is a " + meant);
    }
  }

  /** Host and port of the connection's origin, for messages. */
  String authority() {
    return origin.authority();
  }

  void refuseIfClosed(Call call) {
    if (clients.isClosed()) {
      throw new SyncCancelledException(call + ": the client was closed");
    }
  }

  Authorization authorize() {
    return config.authorizer().authorize();
  }

  boolean renew(Authorization refused) {
    return config.authorizer().renew(refused);
  }

  HttpUrl resolve(Call call) {
    return origin.resolve(call);
  }

  /**
   * Sends a request and follows its redirects.
   *
   * @param first the address of the call
   * @param deadline limits each request, where less than the configured time is left
   * @throws IOException when no whole answer came: worth a retry
   */
  Answer exchange(Call call, HttpUrl first, Authorization authorization, CallDeadline deadline)
      throws IOException {
    HttpUrl url = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      refuseIfClosed(call);
      Answer answer = reported(call, request(call, url, authorization), deadline);
      Optional<String> location = answer.header("location");
      if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
        return answer;
      }
      if (!call.method().equals("GET")) {
        throw new RequestRefusedException(
            call + " was redirected (" + answer.status() + "), which is followed for GET only");
      }
      url = origin.redirect(call, url, location.get());
    }
    throw new RequestRefusedException(
        call + " was redirected more than " + MOST_REDIRECTS + " times");
  }

  private Answer reported(Call call, Request request, CallDeadline deadline) throws IOException {
    RequestAttempt.Builder builder =
        RequestAttempt.builder(config.connection())
            .method(request.method())
            .host(request.url().host())
            .number(deadline.attempt());
    config.run().ifPresent(builder::run);
    RequestAttempt attempt = builder.build();
    listener.requestStarted(attempt);
    Instant start = clients.time().now();
    // What is thrown without being caught below is thrown by reading the body.
    RequestFailure failure = RequestFailure.UNREADABLE;
    int status = 0;
    try {
      Answer answer = once(call, request, deadline.left());
      status = answer.status();
      return answer;
    } catch (IOException e) {
      failure = wasCancelled() ? RequestFailure.CANCELLED : NetworkFailure.kind(e);
      throw e;
    } finally {
      Duration duration = Duration.between(start, clients.time().now());
      log.debug(
          "exchange connection={} call=\"{}\" status={} ms={}",
          config.connection(),
          call,
          status == 0 ? "none" : status,
          duration.toMillis());
      listener.requestEnded(
          status == 0 ? attempt.failed(failure, duration) : attempt.answered(status, duration));
    }
  }

  private boolean wasCancelled() {
    return clients.isClosed() || Thread.currentThread().isInterrupted();
  }

  private Answer once(Call call, Request request, Duration within) throws IOException {
    okhttp3.Call sent = clients.client().newCall(request);
    if (within.compareTo(limits.call()) < 0) {
      sent.timeout().timeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }
    try (Response response = sent.execute()) {
      byte[] body =
          BodyText.utf8(
              BodyReader.read(call, response, sent, limits),
              Optional.ofNullable(response.header("Content-Type")));
      return new Answer(response.code(), AnswerHeaders.of(response), body);
    }
  }

  private Request request(Call call, HttpUrl url, Authorization authorization) {
    HttpUrl.Builder address = url.newBuilder();
    authorization.query().forEach((name, s) -> address.setQueryParameter(name, s.reveal()));
    Request.Builder request =
        new Request.Builder()
            .url(address.build())
            .header("User-Agent", limits.userAgent())
            .header("Accept", "application/json")
            // Said by us, it is also unpacked by us, who count what came.
            .header("Accept-Encoding", "gzip");
    call.headers().forEach((name, value) -> add(request, call, name, value));
    authorization.headers().forEach((name, s) -> request.header(name, secret(call, s)));
    RequestBody body =
        call.body().map(json -> RequestBody.create(json.toString(), JSON)).orElse(null);
    return request.method(call.method(), body).build();
  }

  private static void add(Request.Builder request, Call call, String name, String value) {
    if (!HttpClients.isHeaderValue(value)) {
      throw new RequestRefusedException(
          call + ": the value of " + name + " has a character that a header cannot carry");
    }
    request.header(name, value);
  }

  private static String secret(Call call, Secret secret) {
    String value = secret.reveal();
    // OkHttp's own refusal would quote the value.
    if (!HttpClients.isHeaderValue(value)) {
      throw new CredentialsRejectedException(
          call
              + ": the secret has a line break or a character that a header cannot carry. Nothing was sent; enter it again");
    }
    return value;
  }
}
