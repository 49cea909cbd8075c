package dev.corpusync.testkit.contract;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the API without a network, and so without its faults: what a check does to exchanges is for
 * runs, not for the making of the connection before them. Without a query.
 */
record DirectApis(FakeApi api) implements ApiFactory {
  @Override
  public Api open(ConnectionKey key, URI baseUrl, Authorizer authorizer) {
    return new Api() {
      @Override
      public Reply send(Call call) {
        FakeReply answer =
            api.answer(request(call, baseUrl, authorizer.authorize()))
                .orElseGet(() -> FakeReply.status(404));
        if (answer.status() != 200) {
          throw new RequestRefusedException(call + " answered " + answer.status());
        }
        Map<String, List<String>> headers = new HashMap<>();
        answer.headers().forEach(h -> headers.put(lower(h.getKey()), List.of(h.getValue())));
        return new Reply(call.toString(), 200, headers, answer.body(), Optional.empty());
      }

      @Override
      public Optional<Reply> find(Call call) {
        return Optional.of(send(call));
      }
    };
  }

  private static FakeRequest request(Call call, URI baseUrl, Authorization authorization) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("user-agent", List.of("corpusync-testkit"));
    call.headers().forEach((name, value) -> headers.put(lower(name), List.of(value)));
    authorization
        .headers()
        .forEach((name, value) -> headers.put(lower(name), List.of(value.reveal())));
    Map<String, List<String>> query = new HashMap<>();
    authorization.query().forEach((name, value) -> query.put(name, List.of(value.reveal())));
    byte[] body =
        call.body().map(b -> b.toString().getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
    return new FakeRequest(0, call.method(), call.uri(baseUrl).getRawPath(), query, headers, body);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {}
}
