package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an API says of an hour's wait holds for every worker, process and schedule. */
class LongWaitTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final Bench bench = new Bench().ticket("t1", "one");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_run_that_is_told_to_wait_an_hour_ends_at_once_and_says_until_when() {
    try (Corpusync engine = bench.engine(new Tickets())) {
      bench.server.fault(1, Fault.rateLimited(HOUR));
      Instant begun = bench.time.now();
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.RATE_LIMITED);
      assertThat(bench.time.now()).as("no worker waited").isEqualTo(begun);
      assertThat(run.notBefore()).contains(begun.plus(HOUR));
      assertThat(engine.runs(KEY, 1)).containsExactly(run);
    }
  }

  @Test
  void another_process_asks_nothing_before_and_continues_then() {
    Instant open;
    try (Corpusync first = bench.engine(new Tickets())) {
      bench.server.fault(1, Fault.rateLimited(HOUR));
      open = first.sync(KEY).notBefore().orElseThrow();
    }
    try (Corpusync second = bench.engine(new Tickets())) {
      bench.time.advance(HOUR.minusSeconds(1));
      Run early = second.sync(KEY);
      assertThat(early.state()).isEqualTo(State.RATE_LIMITED);
      assertThat(early.message()).contains("no request before " + open);
      assertThat(early.notBefore()).contains(open);
      assertThat(bench.server.count()).isEqualTo(1);
    }
    try (Corpusync third = bench.engine(new Tickets())) {
      assertThat(third.resync(KEY).state()).isEqualTo(State.RATE_LIMITED);
      bench.time.advance(Duration.ofSeconds(1));
      Run run = third.sync(KEY);
      assertThat(run.state()).isEqualTo(State.SUCCEEDED);
      assertThat(run.notBefore()).isEmpty();
    }
  }

  @Test
  void a_budget_that_the_last_answer_used_up_is_known_to_the_next_process() {
    bench.server.fault(
        1,
        Fault.changes(
            "takes the last of the budget",
            reply ->
                reply.header("X-RateLimit-Remaining", "0").header("X-RateLimit-Reset", "900")));
    try (Corpusync first = bench.engine(new Tickets())) {
      Run run = first.sync(KEY);
      assertThat(run.state()).isEqualTo(State.SUCCEEDED);
      assertThat(run.notBefore()).contains(bench.time.now().plusSeconds(900));
    }
    try (Corpusync second = bench.engine(new Tickets())) {
      int before = bench.server.count();
      assertThat(second.sync(KEY).state()).isEqualTo(State.RATE_LIMITED);
      assertThat(bench.server.count()).isEqualTo(before);
    }
  }

  @Test
  void a_short_wait_is_no_reason_for_another_process_to_give_up() {
    bench.server.fault(
        1,
        Fault.changes(
            "takes the last of the budget",
            reply -> reply.header("RateLimit", "\"minute\";r=0;t=30")));
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThat(engine.sync(KEY).notBefore()).isEmpty();
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(bench.time.sleeps()).contains(Duration.ofSeconds(30));
    }
  }

  @Test
  void the_schedule_continues_when_the_wait_is_over() throws InterruptedException {
    List<Instant> asked = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(2);
    RunListener listener =
        new RunListener() {
          @Override
          public void runEnded(Run run) {
            done.countDown();
          }
        };
    bench.server.before(n -> asked.add(bench.time.now()));
    bench.server.faulting(
        request ->
            request.number() == 1
                ? Optional.of(Fault.answers(FakeReply.status(429).header("Retry-After", "3600")))
                : Optional.empty());
    try (Corpusync engine = bench.engine(b -> b.listener(listener), new Tickets())) {
      Instant begun = bench.time.now();
      engine.schedule(KEY, Duration.ofDays(1));
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(asked).hasSize(2);
      assertThat(Duration.between(begun, asked.get(1)))
          .isBetween(HOUR, HOUR.plus(Duration.ofMinutes(1)));
      assertThat(engine.runs(KEY, 5))
          .extracting(Run::state)
          .containsExactly(State.SUCCEEDED, State.RATE_LIMITED);
    }
  }

  @Test
  void one_connection_s_wait_is_no_other_one_s() {
    ConnectionKey other = new ConnectionKey("acme", "other");
    try (Corpusync engine = bench.engine(new Tickets())) {
      bench.server.fault(1, Fault.rateLimited(HOUR));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.RATE_LIMITED);
      engine.connect(
          other,
          "bench",
          java.util.Map.of("base_url", bench.server.url().toString()),
          () -> dev.corpusync.auth.Secret.of("other-t0ken"));
      assertThat(engine.sync(other).state()).isEqualTo(State.SUCCEEDED);
    }
  }
}
