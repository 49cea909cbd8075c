package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
  private static final Call CALL = Call.get("/issues");
  private static final long NOW = VirtualTime.START.getEpochSecond();

  private static FakeReply limited(int status, String... headers) {
    FakeReply reply = FakeReply.status(status);
    for (int i = 0; i < headers.length; i += 2) {
      reply = reply.header(headers[i], headers[i + 1]);
    }
    return reply;
  }

  private static FakeReply saying(String body) {
    return FakeReply.bytes(403, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertWaits(Duration wait, FakeReply limit) {
    try (Fixture f = Fixture.answering(limit, Fixture.ONE)) {
      assertThat(f.api.send(CALL).status()).isEqualTo(200);
      assertThat(f.time.sleeps()).containsExactly(wait);
      assertThat(f.server.count()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void retry_after_in_seconds_is_waited_for_exactly(int status) {
    assertWaits(Duration.ofSeconds(7), limited(status, "Retry-After", "7"));
  }

  @Test
  void retry_after_as_a_date_counts_from_the_date_of_the_reply_and_not_from_our_clock() {
    assertWaits(
        Duration.ofSeconds(9),
        limited(
            429,
            "Date",
            Fixture.httpDate(VirtualTime.START.minusSeconds(86_400)),
            "Retry-After",
            Fixture.httpDate(VirtualTime.START.minusSeconds(86_400 - 9))));
  }

  @Test
  void retry_after_as_a_date_without_a_date_of_the_reply_counts_from_our_clock() {
    assertWaits(
        Duration.ofSeconds(11),
        limited(429, "Retry-After", Fixture.httpDate(VirtualTime.START.plusSeconds(11))));
  }

  @ParameterizedTest
  @CsvSource({
    "X-RateLimit-Remaining,0,X-RateLimit-Reset,SECONDS",
    "X-RateLimit-Remaining,0,X-RateLimit-Reset,MILLIS",
    "X-RateLimit-Remaining,0,X-RateLimit-Reset,20",
    "X-RateLimit-Remaining,0.0,X-RateLimit-Reset,19.2",
    "X-RateLimit-Remaining,0,X-RateLimit-Reset,ISO",
    "RateLimit-Remaining,0,RateLimit-Reset,20",
  })
  void a_reset_is_read_as_seconds_milliseconds_a_date_or_seconds_to_go(
      String remaining, String none, String reset, String when) {
    String value =
        switch (when) {
          case "SECONDS" -> Long.toString(NOW + 20);
          case "MILLIS" -> Long.toString((NOW + 20) * 1000);
          case "ISO" -> VirtualTime.START.plusSeconds(20).toString();
          default -> when;
        };
    assertWaits(Duration.ofSeconds(20), limited(403, remaining, none, reset, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=100, remaining=0, reset=20",
        "limit=100, reset=20, remaining=0",
        "\"default\";r=0;t=20",
        "default;r=0;t=20",
        "\"default\"; r=0; t=20; pk=:QUJD,;=:",
        "\"a, b;r=5;t=7\";r=0;t=20",
        "\"hour\";r=50;t=900, \"minute\";r=0;t=20",
        "\"minute\";r=0;t=3, \"hour\";r=0;t=20, \"day\";r=9;t=900"
      })
  void the_combined_header_of_the_draft_standard_is_understood(String header) {
    assertWaits(Duration.ofSeconds(20), limited(429, "RateLimit", header));
  }

  @Test
  void a_limit_in_the_standard_s_form_without_its_time_lasts_for_its_window() {
    assertWaits(
        Duration.ofSeconds(20),
        limited(
            429,
            "RateLimit",
            "\"day\";r=900;t=80000",
            "RateLimit",
            "\"burst\";r=0",
            "RateLimit-Policy",
            "\"day\";q=1000;w=86400, \"burst\";q=10;w=20"));
    assertWaits(
        Duration.ofSeconds(20),
        limited(429, "RateLimit", "limit=10, remaining=0", "RateLimit-Policy", "10;w=20"));
  }

  /** As documented by the APIs of several vendors: names, values, and where the wait is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Rate-Limit-Remaining: 0 | X-Rate-Limit-Reset: SECONDS",
        "RateLimit-Remaining: 0 | RateLimit-Reset: SECONDS",
        "RateLimit-Remaining: 0 | RateLimit-ResetTime: DATE",
        "X-RateLimit-Remaining: 0 | X-RateLimit-Reset-After: 19.5",
        "X-RateLimit-Requests-Remaining: 0 | X-RateLimit-Requests-Reset: MILLIS",
        "x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 20s",
        "x-ratelimit-remaining-tokens: 0 | x-ratelimit-reset-tokens: 0m19s500ms",
        "X-RateLimit-Remaining-Minute: 0 | RateLimit-Reset: 20",
        "X-Acme-RateLimit-Remaining: 0 | X-Acme-RateLimit-Interval-Milliseconds: 20000",
        "X-RateLimit-Remaining: 0 | X-RateLimit-Reset-Ms: 20000",
        "X-RateLimit-Remaining: 4999, 0 | X-RateLimit-Reset: 20",
        "X-Other: 1 | Retry-After-Ms: 20000",
      })
  void the_pairs_of_headers_that_vendors_send_are_understood(String left, String reset) {
    String[] first = left.split(": ");
    String[] second = reset.split(": ");
    String value =
        switch (second[1]) {
          case "SECONDS" -> Long.toString(NOW + 20);
          case "MILLIS" -> Long.toString((NOW + 20) * 1000);
          case "DATE" -> Fixture.httpDate(VirtualTime.START.plusSeconds(20));
          default -> second[1];
        };
    assertWaits(Duration.ofSeconds(20), limited(429, first[0], first[1], second[0], value));
    try (Fixture f =
        Fixture.answering(
            Fixture.ONE.header(first[0], first[1]).header(second[0], value), Fixture.ONE)) {
      f.api.send(CALL);
      f.api.send(CALL);
      assertThat(f.time.sleeps())
          .as("waits after a good answer")
          .containsExactlyElementsOf(
              second[0].startsWith("Retry") ? List.of() : List.of(Duration.ofSeconds(20)));
    }
  }

  @Test
  void of_several_limits_the_one_that_is_used_up_says_when() {
    FakeReply limits =
        limited(
            429,
            "X-RateLimit-Requests-Remaining",
            "12",
            "X-RateLimit-Requests-Reset",
            Long.toString((NOW + 3000) * 1000),
            "X-RateLimit-Complexity-Remaining",
            "0",
            "X-RateLimit-Complexity-Reset",
            Long.toString((NOW + 40) * 1000));
    assertWaits(Duration.ofSeconds(40), limits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "1h30", "-3", "s", "1e9", "\"x\"", "9999999999999999999s"})
  void a_reset_that_nobody_can_read_is_none(String reset) {
    FakeReply last =
        Fixture.ONE.header("X-RateLimit-Remaining", "0").header("X-RateLimit-Reset", reset);
    try (Fixture f = Fixture.answering(last)) {
      f.api.send(CALL);
      f.api.send(CALL);
      assertThat(f.time.sleeps()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",,;;", "\"", "\"a", "a;r", "a;r=;t=", "=,=;=", "remaining=0;r=0", ";r=0;t=x"})
  void what_is_no_list_of_limits_is_no_reason_to_wait(String header) {
    try (Fixture f = Fixture.answering(Fixture.ONE.header("RateLimit", header))) {
      f.api.send(CALL);
      f.api.send(CALL);
      assertThat(f.time.sleeps()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"You have exceeded a secondary rate limit.\"}",
        "{\"message\":\"You have triggered an abuse detection mechanism.\"}"
      })
  void a_403_whose_body_speaks_of_a_limit_is_one_and_waits_a_minute(String body) {
    assertWaits(Duration.ofSeconds(60), saying(body));
  }

  @Test
  void a_secondary_limit_does_not_wait_for_the_reset_of_the_primary_one() {
    assertWaits(
        Duration.ofSeconds(60),
        saying("{\"message\":\"You have exceeded a secondary rate limit.\"}")
            .header("X-RateLimit-Remaining", "4211")
            .header("X-RateLimit-Reset", Long.toString(NOW + 3000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "soon", "0", "", "NaN", "99999999999999999999"})
  void a_secondary_limit_with_a_useless_retry_after_waits_a_minute(String value) {
    assertWaits(Duration.ofSeconds(60), limited(403, "Retry-After", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "soon", "0", "Sat, 01 Jan 2000 00:00:00 GMT"})
  void a_429_with_a_useless_retry_after_backs_off(String value) {
    try (Fixture f = Fixture.answering(limited(429, "Retry-After", value), Fixture.ONE)) {
      f.api.send(CALL);
      assertThat(f.time.sleeps()).hasSize(1);
      assertThat(f.slept()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1"})
  void a_server_that_never_stops_limiting_ends_as_a_typed_error(String value) {
    try (Fixture f = Fixture.answering(limited(429, "Retry-After", value))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(RateLimitedException.class);
      assertThat(f.slept()).isLessThanOrEqualTo(Duration.ofSeconds(60));
      assertThat(f.server.count()).isLessThanOrEqualTo(62);
    }
  }

  @Test
  void a_wait_above_the_longest_gives_the_worker_back_and_says_for_how_long() {
    try (Fixture f = Fixture.answering(limited(429, "Retry-After", "3600"), Fixture.ONE)) {
      RateLimitedException e =
          catchThrowableOfType(RateLimitedException.class, () -> f.api.send(CALL));
      assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(1));
      assertThat(e).hasMessageContaining("GET /issues").hasMessageContaining("3600 s");
      assertThat(f.time.sleeps()).isEmpty();
    }
  }

  @Test
  void ten_years_are_cut_to_a_day() {
    try (Fixture f = Fixture.answering(limited(429, "Retry-After", "315360000"))) {
      RateLimitedException e =
          catchThrowableOfType(RateLimitedException.class, () -> f.api.send(CALL));
      assertThat(e.retryAfter()).isEqualTo(Duration.ofDays(1));
    }
  }

  @Test
  void the_waits_of_one_call_count_together() {
    try (Fixture f = Fixture.answering(limited(429, "Retry-After", "25"))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(RateLimitedException.class);
      assertThat(f.slept()).isEqualTo(Duration.ofSeconds(50));
      assertThat(f.server.count()).isEqualTo(3);
    }
  }

  @Test
  void after_the_last_request_of_a_budget_the_next_call_waits_for_the_reset() {
    FakeReply last =
        Fixture.ONE
            .header("X-RateLimit-Remaining", "0")
            .header("X-RateLimit-Reset", Long.toString(NOW + 30));
    try (Fixture f = Fixture.answering(last, Fixture.ONE)) {
      assertThat(f.api.send(CALL).status()).isEqualTo(200);
      assertThat(f.time.sleeps()).isEmpty();
      f.api.send(CALL);
      assertThat(f.time.sleeps()).containsExactly(Duration.ofSeconds(30));
    }
  }

  @Test
  void a_budget_is_shared_by_all_clients_of_a_connection_and_by_no_other() {
    FakeReply last =
        Fixture.ONE.header("X-RateLimit-Remaining", "0").header("X-RateLimit-Reset", "600");
    try (Fixture f = Fixture.answering(last, Fixture.ONE)) {
      f.api.send(CALL);
      Api again = f.open(Fixture.KEY);
      assertThatThrownBy(() -> again.send(CALL)).isInstanceOf(RateLimitedException.class);
      assertThat(f.server.count()).isOne();
      f.open(new ConnectionKey("acme", "other")).send(CALL);
      assertThat(f.server.count()).isEqualTo(2);
    }
  }

  @Test
  void remaining_requests_are_no_reason_to_wait() {
    FakeReply plenty =
        Fixture.ONE.header("X-RateLimit-Remaining", "10").header("X-RateLimit-Reset", "30");
    try (Fixture f = Fixture.answering(plenty)) {
      f.api.send(CALL);
      f.api.send(CALL);
      assertThat(f.time.sleeps()).isEmpty();
    }
  }

  @Test
  void threads_of_one_connection_do_not_ask_again_before_the_limit_is_over() throws Exception {
    try (Fixture f = Fixture.answering(limited(429, "Retry-After", "20"), Fixture.ONE)) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      Callable<Integer> ask = () -> f.api.send(CALL).status();
      List<Future<Integer>> answers =
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> ask).toList());
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
      threads.shutdown();
      assertThat(f.server.count()).isEqualTo(9);
    }
  }

  @Test
  void a_503_with_retry_after_is_repeated_then_and_only_as_often_as_other_failures() {
    try (Fixture f = Fixture.answering(limited(503, "Retry-After", "12"))) {
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(dev.corpusync.error.UnavailableException.class);
      assertThat(f.server.count()).isEqualTo(4);
      assertThat(f.slept()).isBetween(Duration.ofSeconds(36), Duration.ofSeconds(42));
    }
  }
}
