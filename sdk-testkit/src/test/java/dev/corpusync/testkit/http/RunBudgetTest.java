package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The deadline of one call and the retry budget of one run, against an API that stays down. */
class RunBudgetTest {
  private static final Call CALL = Call.get("/issues");

  private static Fixture down(int few, double share) {
    return Fixture.of(
        request -> Optional.of(FakeReply.status(503)), b -> b.retryBudget(few, share));
  }

  private static int asked(Fixture f, Api api) {
    int before = f.server.count();
    assertThatThrownBy(() -> api.send(CALL)).isInstanceOf(UnavailableException.class);
    return f.server.count() - before;
  }

  @Test
  void after_its_budget_a_run_repeats_nothing_more() {
    try (Fixture f = down(5, 0)) {
      assertThat(asked(f, f.api)).isEqualTo(4);
      assertThat(asked(f, f.api)).isEqualTo(3);
      assertThatThrownBy(() -> f.api.send(CALL))
          .hasMessage(
              "GET /issues answered 503, and this run has repeated as much as it may. Try again"
                  + " later; nothing was lost");
      assertThat(f.server.count()).isEqualTo(4 + 3 + 1);
      assertThat(asked(f, f.open(Fixture.KEY))).as("of the next run").isEqualTo(4);
    }
  }

  @Test
  void a_long_run_may_repeat_a_share_of_its_requests() {
    SplittableRandom chance = new SplittableRandom(12);
    long seed = 12;
    try (Fixture f =
        Fixture.of(request -> Optional.of(Fixture.ONE), builder -> builder.retryBudget(5, 0.2))) {
      f.server.faulting(
          request -> chance.nextInt(100) < 5 ? Optional.of(Fault.status(502)) : Optional.empty());
      for (int i = 0; i < 400; i++) {
        f.api.send(CALL);
      }
      assertThat(f.server.count()).as("with a twentieth failing, seed %s", seed).isGreaterThan(405);
      f.server.faulting(
          request -> chance.nextInt(100) < 60 ? Optional.of(Fault.status(502)) : Optional.empty());
      int before = f.server.count();
      int failed = 0;
      for (int i = 0; i < 400; i++) {
        try {
          f.api.send(CALL);
        } catch (UnavailableException e) {
          failed++;
        }
      }
      assertThat(failed).as("requests given up, with most failing, seed %s", seed).isPositive();
      assertThat(f.server.count() - before).isLessThanOrEqualTo(400 + 5 + (int) (0.2 * 800));
    }
  }

  @Test
  void a_request_with_all_its_repetitions_ends_within_its_time() {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.status(503)),
            builder -> builder.retries(50).total(Duration.ofSeconds(100)))) {
      f.server.before(n -> f.time.advance(Duration.ofSeconds(30)));
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("answered 503, and no time is left for it: 100 s in all");
      assertThat(f.server.count()).isBetween(3, 4);
    }
  }

  @Test
  void an_api_that_always_puts_off_ends_within_the_same_time() {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.status(429).header("Retry-After", "1")),
            builder -> builder.total(Duration.ofSeconds(100)))) {
      f.server.before(n -> f.time.advance(Duration.ofSeconds(30)));
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("was put off for 100 s in all");
      assertThat(f.server.count()).isEqualTo(4);
    }
  }

  @Test
  void the_attempt_under_way_is_cut_off_when_the_time_is_over() {
    Instant start = Instant.now();
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(Fixture.ONE),
            builder ->
                builder
                    .time(dev.corpusync.sync.Time.system())
                    .timeouts(
                        Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60))
                    .total(Duration.ofMillis(300)))) {
      f.server.faultAlways(Fault.stall());
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("got no answer in time");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }
}
