package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.http.HttpClients;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecrecyTest {
  private static final Call CALL = Call.get("/issues/{}", "id-canary").query("q", "query-canary");

  private static String printed(Throwable e) {
    StringWriter out = new StringWriter();
    e.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  static Stream<Fault> everyFault() {
    FakeReply echo =
        FakeReply.bytes(400, "text/plain", "body-canary".getBytes(StandardCharsets.UTF_8));
    return Stream.concat(
        Stream.of(400, 401, 403, 404, 429, 500, 302).map(s -> Fault.answers(echo.withStatus(s))),
        Stream.of(
            Fault.reset(),
            Fault.truncated(),
            Fault.html(),
            Fault.hugeBody(2_000_000),
            Fault.answers(
                echo.withStatus(302).header("Location", "http://evil.example/x?canary"))));
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void no_failure_prints_the_secret_an_id_a_query_or_the_body(Fault fault) {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(Fixture.ONE),
            builder -> builder.maxBody(1_000_000).maxWait(java.time.Duration.ofSeconds(2)))) {
      f.server.faultAlways(fault);
      Throwable e = catchThrowable(() -> f.api.send(CALL));
      assertThat(e).isInstanceOf(CorpusyncException.class);
      assertThat(printed(e)).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary canary\r\n\r\n",
        "HTTP/1.1 canary OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n"
      })
  void what_is_not_even_http_is_not_quoted(String answer) throws IOException {
    try (RawServer server = new RawServer(answer);
        Fixture f = Fixture.answering(Fixture.ONE)) {
      Api api = f.open(Fixture.KEY, URI.create("http://" + server.authority()), Fixture.SECRET);
      Throwable e = catchThrowable(() -> api.send(CALL));
      assertThat(e).isInstanceOf(UnavailableException.class);
      assertThat(printed(e)).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"se\r\nX-Evil: canary", "canary\n", "canary\u0000", "cänary-canary"})
  void a_secret_that_a_header_cannot_carry_is_refused_clearly_and_not_quoted(String secret) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      Api api = f.open(Fixture.KEY, f.server.url(), secret);
      Throwable e = catchThrowable(() -> api.send(CALL));
      assertThat(e)
          .isInstanceOf(CredentialsRejectedException.class)
          .hasMessageContaining("line break");
      assertThat(printed(e)).doesNotContain("canary");
      assertThat(f.server.count()).isZero();
    }
  }

  @Test
  void a_header_that_cannot_be_sent_is_named_without_its_value() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      Throwable e = catchThrowable(() -> f.api.send(CALL.header("X-Filter", "canary\n")));
      assertThat(e).isInstanceOf(RequestRefusedException.class).hasMessageContaining("X-Filter");
      assertThat(printed(e)).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[canary", "http://127.0.0.1:x/canary", "%%%canary", ""})
  void a_link_that_is_no_address_is_refused_without_being_quoted(String link) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      Throwable e = catchThrowable(() -> f.api.send(Call.follow(link + "\n?token=canary")));
      assertThat(e).isInstanceOf(RequestRefusedException.class);
      assertThat(printed(e)).doesNotContain("token").doesNotContain("canary");
    }
  }

  @Test
  void nothing_that_the_host_can_print_holds_the_secret() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.api.send(CALL);
      assertThat(f.api + " " + f.clients + " " + f.server.exchanges())
          .doesNotContain(Fixture.SECRET);
    }
  }

  @Test
  void the_log_has_one_line_per_exchange_with_four_keys_and_nothing_else() {
    try (Fixture f = Fixture.answering(Fixture.ONE);
        CapturedLog log = CapturedLog.of("dev.corpusync.http.HttpExchange")) {
      f.server.fault(1, Fault.reset());
      f.api.send(CALL);
      List<String> lines = log.lines();
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0))
          .contains("connection=acme/tracker call=\"GET /issues/{}\" status=none");
      assertThat(lines.get(1))
          .matches(
              ".*exchange connection=acme/tracker call=\"GET /issues/\\{\\}\" status=200 ms=\\d+");
      assertThat(String.join("\n", lines)).doesNotContain("canary").doesNotContain(Fixture.SECRET);
    }
  }

  @Test
  void every_scheme_sends_its_header_and_none_sends_none() {
    List<FakeRequest> seen = new ArrayList<>();
    try (Fixture f =
        Fixture.of(
            request -> {
              seen.add(request);
              return Optional.of(Fixture.ONE);
            })) {
      CredentialSupplier secret = () -> Secret.of("user:pass");
      for (Authorizer authorizer :
          List.of(
              AuthScheme.basic().authorizer(secret),
              AuthScheme.apiKey("X-Api-Key").authorizer(secret),
              Authorizer.none(),
              AuthScheme.apiKeyInQuery("key").authorizer(secret))) {
        f.clients.open(Fixture.KEY, f.server.url(), authorizer).send(Call.get("/me"));
      }
    }
    String basic = Base64.getEncoder().encodeToString("user:pass".getBytes(StandardCharsets.UTF_8));
    assertThat(seen.get(0).header("authorization")).contains("Basic " + basic);
    assertThat(seen.get(1).header("x-api-key")).contains("user:pass");
    assertThat(seen.get(2).header("authorization")).isEmpty();
    assertThat(seen.get(2).header("user-agent")).contains("Corpusync");
    assertThat(seen.get(3).query("key")).contains("user:pass");
    assertThat(seen.get(3).header("authorization")).isEmpty();
  }

  /** Such links are kept as cursors. */
  @Test
  void a_key_of_the_query_that_comes_back_in_a_link_is_taken_out_and_sent_again() {
    List<FakeRequest> seen = new ArrayList<>();
    String link = "/me?key=s%2Fcr3t%2B&page=2";
    try (Fixture f =
        Fixture.of(
            request -> {
              seen.add(request);
              return Optional.of(
                  FakeReply.json("[{\"next\":\"" + link + "\",\"raw\":\"s/cr3t+ ü\"}]")
                      .header("Link", "<" + link + ">; rel=\"next\""));
            })) {
      Api api =
          f.clients.open(
              Fixture.KEY,
              f.server.url(),
              AuthScheme.apiKeyInQuery("key").authorizer(() -> Secret.of("s/cr3t+")));
      Reply reply = api.send(Call.get("/me"));
      String next = reply.link("next").orElseThrow();
      assertThat(next + reply.json().tree()).doesNotContain("cr3t").contains("ü");
      api.send(Call.follow(next));
    }
    assertThat(seen.get(1).query("page")).contains("2");
    assertThat(seen.get(1).query("key")).contains("s/cr3t+");
  }

  @Test
  void a_token_that_comes_back_in_an_answer_is_taken_out() {
    String token = "a/long.token-of+the_API";
    try (Fixture f =
        Fixture.answering(
            FakeReply.json("{\"raw\":\"" + token + "\",\"escaped\":\"a\\/long.token-of+the_API\"}")
                .header("X-Echo", "Bearer " + token))) {
      Api api = f.open(Fixture.KEY, f.server.url(), token);
      Reply reply = api.send(Call.get("/me"));
      assertThat(reply.json().tree().toString()).isEqualTo("{\"raw\":\"***\",\"escaped\":\"***\"}");
      assertThat(reply.header("x-echo")).contains("Bearer ***");
    }
  }

  @Test
  void a_refusal_is_answered_once_with_newer_credentials() {
    List<String> tokens = new ArrayList<>(List.of("old", "new", "newer"));
    try (Fixture f =
        Fixture.of(
            request ->
                Optional.of(
                    request.header("authorization").orElseThrow().equals("Bearer new")
                        ? Fixture.ONE
                        : FakeReply.status(401)))) {
      Authorizer renewing =
          new Authorizer() {
            @Override
            public Authorization authorize() {
              return Authorization.bearer(Secret.of(tokens.get(0)));
            }

            @Override
            public boolean renew(Authorization refused) {
              tokens.remove(0);
              return true;
            }
          };
      Api api = f.clients.open(Fixture.KEY, f.server.url(), renewing);
      assertThat(api.send(Call.get("/me")).status()).isEqualTo(200);
      assertThat(f.server.count()).isEqualTo(2);
      tokens.remove(0);
      tokens.add("newest");
      assertThatThrownBy(() -> api.send(Call.get("/me")))
          .isInstanceOf(CredentialsRejectedException.class);
      assertThat(f.server.count()).as("one renewal a call").isEqualTo(4);
    }
  }

  @Test
  void a_cookie_that_the_server_sets_does_not_come_back() {
    List<FakeRequest> seen = new ArrayList<>();
    try (Fixture f =
        Fixture.of(
            request -> {
              seen.add(request);
              return Optional.of(Fixture.ONE.header("Set-Cookie", "session=1"));
            })) {
      f.api.send(CALL);
      f.api.send(CALL);
    }
    assertThat(seen.get(1).header("cookie")).isEmpty();
  }

  @Test
  void an_answer_that_may_be_cached_is_asked_for_again() {
    try (Fixture f = Fixture.answering(Fixture.ONE.header("Cache-Control", "max-age=3600"))) {
      f.api.send(CALL);
      f.api.send(CALL);
      assertThat(f.server.count()).isEqualTo(2);
    }
  }

  @Test
  void a_user_agent_that_a_header_cannot_carry_is_refused_when_it_is_given() {
    assertThatThrownBy(() -> HttpClients.builder().userAgent("a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
