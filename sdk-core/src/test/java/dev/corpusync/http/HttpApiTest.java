package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a server on loopback, with waits in virtual time. */
class HttpApiTest {
  private static final String SECRET = "canary-5f1d-secret";
  private static final Call CALL = Call.get("/issues");
  private final TestTime time = new TestTime();
  private final HttpClients clients =
      HttpClients.builder()
          .time(time)
          .random(new SplittableRandom(1))
          .retries(3)
          .maxBody(1_000)
          .build();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
  }

  private Api api() {
    return clients.open(
        new ConnectionKey("acme", "tracker"),
        server.url("/").uri(),
        AuthScheme.bearer().authorizer(() -> Secret.of(SECRET)));
  }

  private void answers(int status, String body, String... headers) {
    MockResponse.Builder answer = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i + 1 < headers.length; i += 2) {
      answer.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(answer.build());
  }

  @Test
  void an_answer_is_read_and_the_secret_is_sent_in_its_header() throws InterruptedException {
    answers(200, "{\"data\":[{\"id\":1},{\"id\":2}]}");
    assertThat(api().send(CALL).records("data")).hasSize(2);
    assertThat(server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo("Bearer " + SECRET);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void a_transient_failure_is_retried_after_a_wait(int status) {
    answers(status, "");
    answers(200, "{\"data\":[]}");
    assertThat(api().send(CALL).records("data")).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(time.sleeps()).hasSize(1);
  }

  @Test
  void a_failure_that_stays_is_unavailable_after_all_retries() {
    for (int i = 0; i < 4; i++) {
      answers(503, "");
    }
    assertThatThrownBy(() -> api().send(CALL))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("GET /issues")
        .hasMessageContaining("503");
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 422})
  void a_refusal_is_not_retried(int status) {
    answers(status, "");
    assertThatThrownBy(() -> api().send(CALL)).hasMessageContaining("" + status);
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void the_wait_that_a_rate_limit_names_in_seconds_is_kept() {
    answers(429, "", "Retry-After", "17");
    answers(200, "{\"data\":[]}");
    api().send(CALL);
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void the_wait_that_a_rate_limit_names_as_a_date_is_kept_by_the_clock_of_the_server() {
    DateTimeFormatter date = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    answers(
        429,
        "",
        "Date",
        date.format(TestTime.START.plusSeconds(7_200)),
        "Retry-After",
        date.format(TestTime.START.plusSeconds(7_220)));
    answers(200, "{\"data\":[]}");
    api().send(CALL);
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void a_long_wait_ends_the_call_and_says_how_long_it_is() {
    answers(429, "", "Retry-After", "3600");
    Api api = api();
    assertThatThrownBy(() -> api.send(CALL)).isInstanceOf(RateLimitedException.class);
    assertThat(api.pause()).isEqualTo(Duration.ofHours(1));
    assertThat(time.sleeps()).isEmpty();
    assertThatThrownBy(() -> api.send(CALL)).isInstanceOf(RateLimitedException.class);
    assertThat(server.getRequestCount()).as("nothing is sent while it lasts").isEqualTo(1);
  }

  @Test
  void a_secret_that_an_answer_repeats_is_redacted() {
    answers(200, "{\"data\":[{\"id\":1,\"url\":\"https://x/?key=" + SECRET + "\"}]}");
    assertThat(new String(api().send(CALL).records("data").get(0).bytes(), StandardCharsets.UTF_8))
        .contains("***")
        .doesNotContain(SECRET);
  }

  @Test
  void a_failure_does_not_quote_the_secret() {
    answers(400, "bad token " + SECRET);
    Throwable failure = catchThrowable(() -> api().send(CALL));
    assertThat(failure).isNotNull();
    assertThat(failure.toString()).doesNotContain(SECRET);
  }

  @Test
  void a_redirect_to_another_origin_is_refused() {
    answers(302, "", "Location", "http://other.example/issues");
    assertThatThrownBy(() -> api().send(CALL))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageContaining("other.example");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_body_above_the_limit_is_refused() {
    answers(200, "{\"data\":[\"" + "x".repeat(2_000) + "\"]}");
    assertThatThrownBy(() -> api().send(CALL)).hasMessageContaining("1000 bytes");
  }

  @Test
  void what_does_not_exist_is_empty_for_a_question_and_an_error_for_a_listing() {
    answers(404, "");
    assertThat(api().find(CALL)).isEmpty();
  }
}
