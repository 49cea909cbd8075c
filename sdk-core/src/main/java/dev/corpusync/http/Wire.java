package dev.corpusync.http;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Call;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * One exchange: the request as sent, the answer as bytes, within the body cap, redirects followed
 * within the origin.
 */
final class Wire {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int MOST_REDIRECTS = 5;
  private final OkHttpClient client;
  private final Origin origin;
  private final Optional<AuthScheme> scheme;
  private final CredentialSupplier credentials;
  private final HttpClients.Limits limits;

  Wire(
      OkHttpClient client,
      Origin origin,
      Optional<AuthScheme> scheme,
      CredentialSupplier credentials,
      HttpClients.Limits limits) {
    this.client = client;
    this.origin = origin;
    this.scheme = scheme;
    this.credentials = credentials;
    this.limits = limits;
  }

  /**
   * An answer, whatever its status.
   *
   * @param headers names in lower case
   */
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
  }

  /**
   * @throws IOException when no whole answer came: worth a retry
   */
  Answer exchange(Call call) throws IOException {
    URI uri = origin.resolve(call);
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Answer answer = once(call, uri);
      Optional<String> location = answer.header("location");
      boolean redirected =
          answer.status() >= 301
              && answer.status() <= 308
              && answer.status() != 304
              && location.isPresent();
      if (!redirected) {
        return answer;
      }
      if (!call.method().equals("GET")) {
        throw new RequestRefusedException(
            call + " was redirected (" + answer.status() + "), which is followed for GET only");
      }
      uri = origin.redirect(call, uri, location.get());
    }
    throw new RequestRefusedException(
        call + " was redirected more than " + MOST_REDIRECTS + " times");
  }

  private Answer once(Call call, URI uri) throws IOException {
    try (Response response = client.newCall(request(call, uri)).execute()) {
      Map<String, List<String>> headers = new HashMap<>();
      response
          .headers()
          .toMultimap()
          .forEach(
              (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
      return new Answer(response.code(), headers, body(call, response));
    }
  }

  private Request request(Call call, URI uri) {
    Request.Builder request =
        new Request.Builder()
            .url(uri.toString())
            .header("User-Agent", limits.userAgent())
            .header("Accept", "application/json");
    call.headers().forEach(request::header);
    scheme.ifPresent(s -> request.header(s.header(), secret(call, s)));
    RequestBody body =
        call.body().map(json -> RequestBody.create(json.toString(), JSON)).orElse(null);
    return request.method(call.method(), body).build();
  }

  private String secret(Call call, AuthScheme s) {
    String value = s.value(credentials.get());
    // OkHttp's own refusal would quote the value.
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new CredentialsRejectedException(
          call
              + ": the secret has a line break or a character that a header cannot carry. Nothing was sent; enter it again");
    }
    return value;
  }

  private byte[] body(Call call, Response response) throws IOException {
    BufferedSource source = response.body().source();
    Buffer read = new Buffer();
    while (source.read(read, 64 << 10) >= 0) {
      if (read.size() > limits.body()) {
        throw new MalformedReplyException(
            call
                + " answered "
                + response.code()
                + " with more than "
                + (limits.body() >> 20)
                + " MB: reading stopped there. Ask for smaller pages");
      }
    }
    return read.readByteArray();
  }
}
