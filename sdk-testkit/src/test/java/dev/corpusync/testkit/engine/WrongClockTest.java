package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.Health;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that was wrong once, ours or that of a process that is dead, stops nothing for long. */
class WrongClockTest {
  private final Bench bench = new Bench().ticket("t1", "one");

  @AfterEach
  void close() {
    bench.close();
  }

  private void lease(Duration ahead, Duration length) {
    Instant theirs = bench.time.now().plus(ahead);
    assertThat(bench.store.leases().tryAcquire(KEY, theirs, theirs.plus(length))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 24 * 365 * 10, 24 * 365 * 1000})
  void a_lease_that_a_clock_took_hours_or_years_ahead_is_not_believed(long hours) {
    try (Corpusync engine = bench.engine(new Tickets())) {
      lease(Duration.ofHours(hours), Duration.ofMinutes(1));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void a_lease_that_can_be_true_is_waited_for_and_says_until_when() {
    try (Corpusync engine = bench.engine(new Tickets())) {
      lease(Duration.ofMinutes(3), Duration.ofMinutes(1));
      Run busy = engine.sync(KEY);
      assertThat(busy.state()).isEqualTo(State.BUSY);
      assertThat(busy.notBefore()).contains(bench.time.now().plus(Duration.ofMinutes(4)));
      assertThat(busy.message()).contains("Try again at " + busy.notBefore().orElseThrow());
      bench.time.advance(Duration.ofMinutes(4));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 365 * 10})
  void a_rate_limit_that_came_when_the_clock_was_ahead_is_not_waited_for(long days) {
    Duration ahead = Duration.ofDays(days);
    bench.time.advance(ahead);
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      bench.server.fault(bench.server.count() + 1, Fault.rateLimited(Duration.ofHours(1)));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.RATE_LIMITED);
    }
    bench.time.advance(ahead.negated());
    bench.server.fault(bench.server.count() + 1, Fault.status(401));
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.NEVER_SYNCED);
      assertThat(engine.sync(KEY).state()).isEqualTo(State.FAILED);
      assertThat(engine.health(KEY).status())
          .as("what is found out now, not what a later clock has found")
          .isEqualTo(Health.Status.NEEDS_AUTHORISATION);
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.CONNECTED);
    }
  }

  @Test
  void a_client_waits_no_longer_than_it_was_told_when_the_clock_is_set_back() {
    Duration ahead = Duration.ofDays(3650);
    bench.time.advance(ahead);
    try (Corpusync engine = bench.engine(new Tickets())) {
      bench.server.fault(1, Fault.rateLimited(Duration.ofHours(1)));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.RATE_LIMITED);
      bench.time.advance(ahead.negated());
      Run again = engine.sync(KEY);
      assertThat(again.notBefore().orElse(Instant.MIN))
          .isBeforeOrEqualTo(bench.time.now().plus(Duration.ofHours(1)));
      bench.time.advance(Duration.ofHours(1));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    }
  }
}
