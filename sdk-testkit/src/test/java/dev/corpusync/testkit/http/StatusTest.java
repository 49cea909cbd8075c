package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.testkit.fake.FakeReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
  private static FakeReply failing(int status) {
    return FakeReply.bytes(
        status, "application/json", "{\"m\":\"leak-canary\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static void assertFails(int status, Class<? extends Throwable> with) {
    try (Fixture f = Fixture.answering(failing(status))) {
      assertThatThrownBy(
              () -> f.api.send(Call.get("/issues/{}", "secret-id").query("q", "private")))
          .isInstanceOf(with)
          .hasMessageContaining("GET /issues/{} answered " + status)
          .hasMessageNotContaining("secret-id")
          .hasMessageNotContaining("private")
          .hasMessageNotContaining("leak-canary");
      assertThat(f.server.count()).as("not repeated").isOne();
      assertThat(f.time.sleeps()).isEmpty();
    }
  }

  @Test
  void rejected_credentials_are_told_from_everything_else() {
    assertFails(401, CredentialsRejectedException.class);
  }

  @Test
  void a_403_is_a_matter_of_permission() {
    assertFails(403, AccessDeniedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void what_is_not_there_is_not_found(int status) {
    assertFails(status, NotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 405, 406, 409, 411, 413, 414, 415, 422, 451})
  void any_other_4xx_is_refused_and_not_repeated(int status) {
    assertFails(status, RequestRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 422, 429, 500})
  void a_status_that_the_api_uses_for_an_old_cursor_wins_over_every_other_meaning(int status) {
    try (Fixture f = Fixture.answering(failing(status).header("Retry-After", "5"))) {
      assertThatThrownBy(() -> f.api.send(Call.get("/delta").expiredOn(status)))
          .isInstanceOf(CursorExpiredException.class);
      assertThat(f.server.count()).isOne();
    }
  }

  @Test
  void find_gives_nothing_for_404_and_throws_for_403() {
    try (Fixture f = Fixture.answering(failing(404), failing(410), Fixture.ONE, failing(403))) {
      assertThat(f.api.find(Call.get("/issues/{}", 1))).isEmpty();
      assertThat(f.api.find(Call.get("/issues/{}", 1))).isEmpty();
      assertThat(f.api.find(Call.get("/issues/{}", 1))).isPresent();
      assertThatThrownBy(() -> f.api.find(Call.get("/issues/{}", 1)))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void an_attempt_tells_denied_from_gone() {
    try (Fixture f = Fixture.answering(failing(403), failing(404))) {
      assertThat(f.api.attempt(Call.get("/a"))).isInstanceOf(Api.Attempt.Denied.class);
      assertThat(f.api.attempt(Call.get("/a"))).isInstanceOf(Api.Attempt.Gone.class);
    }
  }

  @Test
  void the_scopes_that_would_do_are_named() {
    try (Fixture f =
        Fixture.answering(
            failing(403)
                .header("X-Accepted-OAuth-Scopes", "repo, read:org")
                .header("X-OAuth-Scopes", "gist"))) {
      assertThatThrownBy(() -> f.api.send(Call.get("/issues")))
          .hasMessageContaining("repo, read:org")
          .hasMessageContaining("gist");
    }
  }

  @Test
  void a_scopes_header_that_is_no_list_of_scopes_is_not_repeated_in_the_message() {
    try (Fixture f =
        Fixture.answering(failing(403).header("X-Accepted-OAuth-Scopes", "<b>canary</b>"))) {
      assertThatThrownBy(() -> f.api.send(Call.get("/issues"))).hasMessageNotContaining("canary");
    }
  }

  @Test
  void not_modified_answers_a_conditional_call_with_an_empty_body() {
    FakeReply unchanged = FakeReply.status(304).header("ETag", "\"v1\"");
    try (Fixture f = Fixture.answering(unchanged)) {
      Reply reply = f.api.send(Call.get("/issues").header("If-None-Match", "\"v1\""));
      assertThat(reply.isNotModified()).isTrue();
      assertThat(reply.header("etag")).contains("\"v1\"");
    }
  }

  @Test
  void not_modified_that_nobody_asked_for_is_no_answer() {
    try (Fixture f = Fixture.answering(FakeReply.status(304))) {
      assertThatThrownBy(() -> f.api.send(Call.get("/issues")))
          .isInstanceOf(MalformedReplyException.class);
    }
  }

  @Test
  void a_reply_has_its_date_and_its_headers_in_lower_case() {
    Instant when = Instant.parse("2026-02-03T04:05:06Z");
    try (Fixture f =
        Fixture.answering(
            Fixture.ONE.header("Date", Fixture.httpDate(when)).header("X-Total", "7"))) {
      Reply reply = f.api.send(Call.get("/issues"));
      assertThat(reply.date()).contains(when);
      assertThat(reply.headers("x-total")).containsExactly("7");
      assertThat(reply.header("X-TOTAL")).contains("7");
    }
  }

  @Test
  void a_reply_without_a_readable_date_has_none() {
    try (Fixture f = Fixture.answering(Fixture.ONE.header("Date", "yesterday"))) {
      assertThat(f.api.send(Call.get("/issues")).date()).isEqualTo(Optional.empty());
    }
  }
}
