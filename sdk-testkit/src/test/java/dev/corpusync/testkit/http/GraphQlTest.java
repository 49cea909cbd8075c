package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.connection.Settings;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.At;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.GraphQlErrors;
import dev.corpusync.testkit.fake.FakeReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A status 200 with an error in its body. */
class GraphQlTest {
  private static final GraphQlErrors ERRORS =
      GraphQlErrors.plain()
          .code("BUDGET_EXHAUSTED", 429)
          .code("CursorExpired", 410)
          .code("OUT_OF_ORDER", 503)
          .statusIn("extensions/status_code")
          .waitIn("extensions/retry_in_seconds");
  private static final Call PLAIN =
      Call.graphql("/v2", "query Things($page: Int) { things(page: $page) { id } }", Map.of());
  private static final Call CALL = PLAIN.errors(ERRORS);
  private static final FakeReply GOOD = FakeReply.json("{\"data\":{\"things\":[{\"id\":1}]}}");

  private static FakeReply error(String extensions) {
    return FakeReply.json(
        "{\"data\":{\"things\":[]},\"errors\":[{\"message\":\"canary text\",\"extensions\":"
            + extensions
            + "}]}");
  }

  private static void assertFails(Call call, FakeReply reply, Class<?> as) {
    try (Fixture f = Fixture.answering(reply)) {
      assertThatThrownBy(() -> f.api.send(call))
          .isInstanceOf(as)
          .hasMessageContaining("POST /v2 (Things)")
          .message()
          .doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"things\":[{\"id\":1}]},\"errors\":[{\"message\":\"canary\"}]}",
        "{\"errors\":[{\"message\":\"canary\"}],\"data\":{\"things\":[]}}",
        "{\"errors\":[\"canary\"]}",
        "{\"errors\":{\"message\":\"canary\"}}",
        "{\"errors\":\"canary\"}",
        "{\"errors\":[null],\"data\":null}"
      })
  void errors_beside_whatever_data_are_an_error(String body) {
    assertFails(PLAIN, FakeReply.json(body), RequestRefusedException.class);
    assertFails(CALL, FakeReply.json(body), RequestRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"errors\":[{\"id\":1}]}}",
        "{\"errors\":[],\"data\":{}}",
        "{\"errors\":null,\"data\":{}}",
        "[{\"errors\":[1]}]"
      })
  void a_body_without_errors_of_its_own_is_a_reply(String body) {
    try (Fixture f = Fixture.answering(FakeReply.json(body))) {
      assertThat(f.api.send(CALL).status()).isEqualTo(200);
    }
  }

  @Test
  void a_rate_limit_is_waited_for_as_long_as_the_body_says() {
    String limit = "{\"code\":\"BUDGET_EXHAUSTED\",\"retry_in_seconds\":37}";
    for (FakeReply reply : List.of(error(limit), error(limit).header("Retry-After", "2"))) {
      try (Fixture f = Fixture.answering(reply, GOOD)) {
        assertThat(f.api.send(CALL).records("data/things")).hasSize(1);
        assertThat(f.time.sleeps()).containsExactly(Duration.ofSeconds(37));
      }
    }
  }

  @Test
  void a_rate_limit_without_a_wait_in_its_body_takes_that_of_the_header() {
    FakeReply reply = error("{\"code\":\"BUDGET_EXHAUSTED\"}").header("Retry-After", "9");
    try (Fixture f = Fixture.answering(reply, GOOD)) {
      f.api.send(CALL);
      assertThat(f.time.sleeps()).containsExactly(Duration.ofSeconds(9));
    }
  }

  @Test
  void a_long_wait_gives_the_worker_back() {
    assertFails(
        CALL,
        error("{\"code\":\"BUDGET_EXHAUSTED\",\"retry_in_seconds\":86000}"),
        RateLimitedException.class);
  }

  @Test
  void the_limit_closes_the_budget_for_every_call_of_the_connection() {
    try (Fixture f =
        Fixture.answering(
            error("{\"code\":\"BUDGET_EXHAUSTED\",\"retry_in_seconds\":86000}"), GOOD)) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(RateLimitedException.class);
      assertThatThrownBy(() -> f.api.send(Call.get("/other")))
          .isInstanceOf(RateLimitedException.class);
      assertThat(f.server.count()).isEqualTo(1);
    }
  }

  @Test
  void a_fault_that_passes_is_tried_again() {
    try (Fixture f = Fixture.answering(error("{\"code\":\"OUT_OF_ORDER\"}"), GOOD)) {
      assertThat(f.api.send(CALL).records("data/things")).hasSize(1);
      assertThat(f.server.count()).isEqualTo(2);
    }
    assertFails(CALL, error("{\"status_code\":500}"), UnavailableException.class);
  }

  @Test
  void codes_and_statuses_mean_what_the_status_means() {
    assertFails(
        CALL, error("{\"code\":\"Forbidden\",\"status_code\":403}"), AccessDeniedException.class);
    assertFails(CALL, error("{\"status_code\":422}"), RequestRefusedException.class);
    assertFails(CALL, error("{\"status_code\":200}"), RequestRefusedException.class);
    assertFails(
        CALL.expiredOn(410),
        error("{\"code\":\"CursorExpired\",\"status_code\":400}"),
        CursorExpiredException.class);
    assertFails(
        PLAIN,
        error("{\"code\":\"Forbidden\",\"status_code\":403}"),
        RequestRefusedException.class);
  }

  @Test
  void of_several_errors_the_one_that_passes_counts_first_and_not_there_last() {
    String errors = "{\"errors\":[%s,%s,%s]}";
    String gone = "{\"extensions\":{\"status_code\":404}}";
    String denied = "{\"extensions\":{\"status_code\":403}}";
    String limited = "{\"extensions\":{\"code\":\"BUDGET_EXHAUSTED\",\"retry_in_seconds\":86000}}";
    assertFails(
        CALL, FakeReply.json(errors.formatted(gone, denied, limited)), RateLimitedException.class);
    assertFails(
        CALL, FakeReply.json(errors.formatted(gone, denied, gone)), AccessDeniedException.class);
    assertFails(
        CALL,
        FakeReply.json(errors.formatted(gone, "{\"message\":\"canary\"}", gone)),
        RequestRefusedException.class);
  }

  @Test
  void its_code_is_shown_and_its_message_is_not() {
    try (Fixture f = Fixture.answering(error("{\"code\":\"Forbidden\",\"status_code\":403}"))) {
      assertThatThrownBy(() -> f.api.send(CALL))
          .hasMessageContaining("200 with an error in its body, Forbidden, which is a 403");
    }
    try (Fixture f = Fixture.answering(error("{\"code\":\"canary no. 5\",\"status_code\":403}"))) {
      assertThatThrownBy(() -> f.api.send(CALL)).message().doesNotContain("canary");
    }
  }

  @Test
  void some_of_the_things_asked_for_with_an_error_say_nothing_of_the_others() {
    ByIds byIds =
        ByIds.batch(10, (at, ids) -> CALL.variable("ids", ids), "data/things").missingAreGone();
    At at = At.of(Settings.stored(Map.of()), Optional.empty());
    FakeReply some =
        FakeReply.json("{\"data\":{\"things\":[{\"id\":1}]},\"errors\":[{\"message\":\"x\"}]}");
    try (Fixture f = Fixture.answering(some)) {
      ByIds.Found found = byIds.fetch(f.api, at, List.of("1", "2"));
      assertThat(found.records()).isEmpty();
      assertThat(found.asked()).isEmpty();
      assertThat(found.failed()).containsOnlyKeys("1", "2");
    }
    for (int status : new int[] {403, 404, 410}) {
      try (Fixture f = Fixture.answering(error("{\"status_code\":" + status + "}"))) {
        ByIds.Found found = byIds.fetch(f.api, at, List.of("1", "2"));
        assertThat(found.asked()).as("gone, after %s", status).isEmpty();
        assertThat(found.unknown())
            .as("unknown, after %s", status)
            .containsExactlyInAnyOrder("1", "2");
      }
    }
  }

  @Test
  void other_calls_may_have_a_field_of_that_name() {
    Api.Attempt attempt;
    try (Fixture f = Fixture.answering(FakeReply.json("{\"errors\":[1]}"))) {
      attempt = f.api.attempt(Call.get("/reports"));
    }
    assertThat(attempt).isInstanceOf(Api.Attempt.Found.class);
  }
}
