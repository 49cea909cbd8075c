package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token endpoint that names a time to wait gets no request before it. */
class TokenEndpointWaitTest {
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final Call CALL = Call.get("/things");
  private AuthFixture trial;

  @BeforeEach
  void connect() {
    trial =
        new AuthFixture(AuthSubject.corpusync(), MemoryStore.open().secrets(), new VirtualTime())
            .connected();
  }

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void a_token_endpoint_that_wants_no_requests_is_sent_none() {
    FakeReply later = FakeReply.status(429).header("Retry-After", "120");
    trial.server().endAccess().refuseNext(1, later);
    int before = trial.server().tokenPosts();
    Api api = trial.open();
    assertThatThrownBy(() -> api.send(CALL))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(120)));
    trial.clock().advance(Duration.ofSeconds(119));
    assertThatThrownBy(() -> api.send(CALL))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    assertThat(trial.server().tokenPosts() - before).as("token requests").isEqualTo(1);
    trial.clock().advance(Duration.ofSeconds(1));
    api.send(CALL);
    assertThat(trial.server().tokenPosts() - before).as("token requests").isEqualTo(2);
  }

  @Test
  void a_short_wait_at_the_token_endpoint_is_waited_for() {
    FakeReply later = FakeReply.status(503).header("Retry-After", "3");
    trial.server().endAccess().refuseNext(1, later);
    Instant start = trial.clock().now();
    trial.open().send(CALL);
    assertThat(Duration.between(start, trial.clock().now())).isBetween(WAIT, WAIT.multipliedBy(2));
  }

  @Test
  void while_the_token_is_good_nobody_notices_that_its_server_wants_no_requests() {
    trial.server().refuseNext(1, FakeReply.status(429).header("Retry-After", "75"));
    Api api = trial.open();
    int before = trial.server().tokenPosts();
    trial.clock().advance(Duration.ofMinutes(58).plusSeconds(30));
    for (int i = 0; i < 7; i++) {
      api.send(CALL);
      trial.clock().advance(Duration.ofSeconds(10));
    }
    assertThat(trial.server().tokenPosts() - before).as("token requests").isEqualTo(1);
    trial.clock().advance(Duration.ofSeconds(5));
    api.send(CALL);
    assertThat(trial.server().tokenPosts() - before).as("token requests").isEqualTo(2);
  }

  @Test
  void connecting_waits_for_nobody() {
    trial.server().refuseNext(1, FakeReply.status(429).header("Retry-After", "120"));
    AuthProcess process = trial.process();
    assertThatThrownBy(() -> trial.connect(process))
        .isInstanceOfSatisfying(
            AuthorizationFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(AuthorizationFailedException.Reason.PROVIDER))
        .hasMessageContaining("120 s");
  }
}
