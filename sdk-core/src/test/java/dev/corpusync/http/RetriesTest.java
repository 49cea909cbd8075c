package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.http.Retries.TransientFailure;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How often, and after which waits, a request is repeated. */
class RetriesTest {
  private final TestTime time = new TestTime();
  private final AtomicInteger attempts = new AtomicInteger();

  private Retries retries(int most, int fixed) {
    return new Retries(time, new Random(1), most, new RetryBudget(fixed, 0));
  }

  private Supplier<String> failing(int times) {
    return () -> {
      if (attempts.getAndIncrement() < times) {
        throw new TransientFailure("attempt " + attempts, null);
      }
      return "done";
    };
  }

  @Test
  void what_succeeds_is_not_repeated_and_waits_for_nothing() {
    Instant before = time.now();
    assertThat(retries(4, 60).run(failing(0), () -> false)).isEqualTo("done");
    assertThat(attempts).hasValue(1);
    assertThat(time.now()).isEqualTo(before);
  }

  @Test
  void what_fails_at_times_is_repeated_after_growing_waits_with_a_cap() {
    Instant before = time.now();
    assertThat(retries(12, 60).run(failing(12), () -> false)).isEqualTo("done");
    assertThat(attempts).hasValue(13);
    assertThat(Duration.between(before, time.now())).isEqualTo(time.slept()).isPositive();
    assertThat(time.sleeps()).hasSizeLessThanOrEqualTo(12);
    assertThat(time.sleeps()).allMatch(wait -> wait.compareTo(Duration.ofSeconds(30)) <= 0);
  }

  @Test
  void the_last_failure_is_thrown_when_no_retry_is_left() {
    assertThatThrownBy(() -> retries(2, 60).run(failing(9), () -> false))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("attempt 3");
  }

  @Test
  void a_run_repeats_no_more_than_its_budget_over_all_its_requests() {
    Retries budgeted = retries(4, 3);
    assertThatThrownBy(() -> budgeted.run(failing(9), () -> false))
        .isInstanceOf(TransientFailure.class);
    assertThat(attempts).hasValue(4);
    assertThat(budgeted.areSpent()).isTrue();
    attempts.set(0);
    assertThatThrownBy(() -> budgeted.run(failing(9), () -> false))
        .isInstanceOf(TransientFailure.class);
    assertThat(attempts).as("the first attempt is no retry").hasValue(1);
  }

  @Test
  void a_share_of_the_requests_may_be_repeated_beside_the_fixed_number() {
    RetryBudget budget = new RetryBudget(1, 0.5);
    budget.countRetry();
    assertThat(budget.isSpent()).isTrue();
    budget.countRequest();
    assertThat(budget.isSpent()).isTrue();
    budget.countRequest();
    assertThat(budget.isSpent()).isFalse();
  }

  @Test
  void nothing_is_repeated_once_the_time_is_over() {
    assertThatThrownBy(() -> retries(4, 60).run(failing(9), () -> true))
        .isInstanceOf(TransientFailure.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void another_exception_is_thrown_as_it_is_and_never_repeated() {
    Supplier<String> broken =
        () -> {
          attempts.incrementAndGet();
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> retries(4, 60).run(broken, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(attempts).hasValue(1);
    AssertionError error = new AssertionError("an error");
    assertThatThrownBy(
            () ->
                retries(4, 60)
                    .run(
                        () -> {
                          throw error;
                        },
                        () -> false))
        .isSameAs(error);
  }

  @Test
  void an_empty_attempt_is_repeated_at_once_until_it_is_not() {
    Instant before = time.now();
    assertThat(
            retries(0, 0)
                .untilPresent(
                    () -> attempts.incrementAndGet() < 50 ? Optional.empty() : Optional.of("x")))
        .isEqualTo("x");
    assertThat(time.now()).isEqualTo(before);
    assertThatThrownBy(
            () ->
                retries(9, 9)
                    .untilPresent(
                        () -> {
                          attempts.incrementAndGet();
                          throw new IllegalStateException("ends it");
                        }))
        .hasMessage("ends it");
    assertThat(attempts).hasValue(51);
  }

  @Test
  void a_wait_after_a_refusal_that_names_none_is_never_zero_and_grows_to_a_cap() {
    Retries any = retries(4, 60);
    for (int refusals = 0; refusals < 40; refusals++) {
      Duration wait = any.waitAfterRefusals(refusals);
      assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(500));
      assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
    assertThat(any.waitAfterRefusals(20)).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void an_interrupt_during_a_wait_ends_the_request_and_stays_set() {
    Time interrupted =
        new Time() {
          @Override
          public Instant now() {
            return TestTime.START;
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            throw new InterruptedException();
          }
        };
    Retries retries = new Retries(interrupted, new Random(1), 4, new RetryBudget(60, 0));
    try {
      assertThatThrownBy(() -> retries.run(failing(1), () -> false))
          .isInstanceOf(SyncCancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
