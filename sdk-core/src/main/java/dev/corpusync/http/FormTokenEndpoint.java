package dev.corpusync.http;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts to the token endpoint of an authorization server: one request a call, without redirects,
 * retries or logs. An interrupt of the caller does not cut it off, since the answer may hold the
 * only refresh token. Safe for many threads.
 */
final class FormTokenEndpoint implements TokenEndpoint {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int LARGEST_BODY = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private final OkHttpClient client;
  private final String userAgent;
  private final Time time;

  FormTokenEndpoint(OkHttpClient shared, String userAgent, Time time) {
    Duration configured = Duration.ofMillis(shared.callTimeoutMillis());
    client =
        shared
            .newBuilder()
            .callTimeout(configured.compareTo(LONGEST) < 0 ? configured : LONGEST)
            .build();
    this.userAgent = userAgent;
    this.time = time;
  }

  @Override
  public Answer post(URI endpoint, Map<String, Secret> headers, List<Field> form)
      throws IOException {
    HttpUrl url = HttpUrl.parse(endpoint.toString());
    if (url == null) {
      throw new IOException("its address is none of http or https");
    }
    Request request = request(url, headers, form);
    try {
      return CompletableFuture.supplyAsync(() -> exchange(request), FormTokenEndpoint::start)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException carrier) {
        IOException lost = Objects.requireNonNull(carrier.getCause());
        NetworkFailure why = NetworkFailure.of(lost, url.host() + ":" + url.port());
        throw new IOException(why.what(), why.cause());
      }
      throw e;
    }
  }

  private static void start(Runnable exchange) {
    Thread thread = new Thread(exchange, "corpusync-token");
    thread.setDaemon(true);
    thread.start();
  }

  private Request request(HttpUrl url, Map<String, Secret> headers, List<Field> form) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", userAgent)
            .header("Accept", "application/json");
    headers.forEach((name, value) -> request.header(name, sendable(name, value.reveal())));
    boolean json =
        headers.entrySet().stream()
            .anyMatch(
                h ->
                    h.getKey().equalsIgnoreCase("Content-Type")
                        && h.getValue().reveal().startsWith("application/json"));
    return request.post(json ? json(form) : encoded(form)).build();
  }

  private static String sendable(String name, String value) {
    // OkHttp's own refusal would quote the value.
    if (!HttpClients.isHeaderValue(value)) {
      throw new CredentialsRejectedException(
          "the secret for the header "
              + name
              + " has a line break or a character that a header cannot carry. Nothing was sent; enter it again");
    }
    return value;
  }

  private static RequestBody encoded(List<Field> form) {
    FormBody.Builder body = new FormBody.Builder();
    form.forEach(f -> body.add(f.name(), f.value().reveal()));
    return body.build();
  }

  private static RequestBody json(List<Field> form) {
    ObjectNode body = JSON.createObjectNode();
    form.forEach(f -> body.put(f.name(), f.value().reveal()));
    return RequestBody.create(JSON.writeValueAsBytes(body), JSON_TYPE);
  }

  private Answer exchange(Request request) {
    okhttp3.Call call = client.newCall(request);
    try (Response response = call.execute()) {
      BufferedSource source = response.body().source();
      if (source.request(LARGEST_BODY + 1L)) {
        call.cancel();
        throw new IOException("more than a megabyte");
      }
      Buffer read = source.getBuffer();
      return new Answer(
          response.code(),
          Optional.ofNullable(response.header("Content-Type")).orElse("").toLowerCase(Locale.ROOT),
          read.readByteArray(),
          Optional.ofNullable(response.header("Date")).flatMap(RateHeaders::date),
          new RateHeaders(
                  new HttpExchange.Answer(response.code(), AnswerHeaders.of(response), new byte[0]),
                  time.now())
              .retryAfter());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
