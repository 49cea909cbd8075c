package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.http.HttpClients;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private static final Call CALL = Call.get("/issues");

  private static Fixture quick() {
    return Fixture.of(
        request -> Optional.of(Fixture.ONE),
        builder ->
            builder.timeouts(
                Duration.ofSeconds(2), Duration.ofMillis(250), Duration.ofMillis(300)));
  }

  @AfterEach
  void no_interrupt_is_left_behind() {
    Thread.interrupted();
  }

  static Stream<Fault> transientFaults() {
    return Stream.concat(
        Stream.of(408, 425, 500, 502, 503, 504, 529).map(Fault::status),
        Stream.of(Fault.reset(), Fault.truncated()));
  }

  @ParameterizedTest
  @MethodSource("transientFaults")
  void one_failure_that_passes_costs_one_more_request(Fault fault) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.fault(1, fault);
      assertThat(f.api.send(CALL).records("data")).hasSize(1);
      assertThat(f.server.count()).isEqualTo(2);
      assertThat(f.time.sleeps()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("transientFaults")
  void a_failure_that_stays_ends_after_every_retry_as_unavailable(Fault fault) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.faultAlways(fault);
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("GET /issues");
      assertThat(f.server.count()).isEqualTo(4);
    }
  }

  @Test
  void a_reused_connection_that_breaks_is_repeated_by_us_and_not_behind_our_back() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.api.send(CALL);
      f.server.fault(2, Fault.reset());
      f.api.send(CALL);
      assertThat(f.server.count()).isEqualTo(3);
      assertThat(f.time.sleeps()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stall", "trickle"})
  void a_server_that_does_not_get_on_with_it_is_cut_off(String how) {
    try (Fixture f = quick()) {
      f.server.fault(1, how.equals("stall") ? Fault.stall() : Fault.trickle());
      assertThat(f.api.send(CALL).status()).isEqualTo(200);
      assertThat(f.server.count()).isEqualTo(2);
    }
  }

  @Test
  void a_timeout_that_stays_says_that_no_answer_came_in_time() {
    try (Fixture f = quick()) {
      f.server.faultAlways(Fault.trickle());
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("no answer in time");
    }
  }

  @Test
  void waits_grow_are_jittered_and_stay_below_their_cap() {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.status(500)),
            builder -> builder.retries(10).random(new SplittableRandom(7)))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(UnavailableException.class);
      List<Duration> sleeps = f.time.sleeps();
      assertThat(sleeps).hasSize(10);
      for (int i = 0; i < sleeps.size(); i++) {
        assertThat(sleeps.get(i)).isBetween(Duration.ZERO, cap(i));
      }
      assertThat(sleeps).doesNotHaveDuplicates();
    }
  }

  private static Duration cap(int retry) {
    return Duration.ofMillis(Math.min(30_000, 500L << retry));
  }

  @Test
  void two_seeds_wait_differently_and_one_seed_alike() {
    assertThat(sleeps(1)).isEqualTo(sleeps(1)).isNotEqualTo(sleeps(2));
  }

  private static List<Duration> sleeps(long seed) {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.status(503)),
            builder -> builder.random(new SplittableRandom(seed)))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(UnavailableException.class);
      return f.time.sleeps();
    }
  }

  @Test
  void an_address_where_nobody_listens_is_named_with_host_and_port() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      Api api = f.open(Fixture.KEY, URI.create("http://127.0.0.1:" + port), Fixture.SECRET);
      assertThatThrownBy(() -> api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("could not connect to 127.0.0.1:" + port);
    }
  }

  @Test
  void plain_text_behind_an_https_address_is_said_to_be_no_secure_connection() throws IOException {
    try (RawServer plain = new RawServer("HTTP/1.1 400 Bad Request");
        Fixture f = Fixture.answering(Fixture.ONE)) {
      Api api = f.open(Fixture.KEY, URI.create("https://" + plain.authority()), Fixture.SECRET);
      assertThatThrownBy(() -> api.send(CALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("secure connection to " + plain.authority());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 429})
  void an_interrupt_while_waiting_cancels_and_keeps_the_flag(int status) {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.status(status)),
            builder -> builder.time(new InterruptedTime()))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(SyncCancelledException.class);
      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(f.server.count()).isOne();
    }
  }

  @Test
  void an_interrupt_that_comes_with_the_answer_cancels_instead_of_repeating() {
    Thread caller = Thread.currentThread();
    try (Fixture f = Fixture.answering(FakeReply.status(503))) {
      f.server.before(number -> caller.interrupt());
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(SyncCancelledException.class);
      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(f.server.count()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void an_interrupt_between_an_answer_and_its_repetition_cancels() {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.status(503)),
            builder -> builder.time(new InterruptingTime(5)))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(SyncCancelledException.class);
      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(f.server.count()).isOne();
    }
  }

  @Test
  void an_interrupt_during_the_last_attempt_is_no_outage() {
    Thread.currentThread().interrupt();
    try (Fixture f =
        Fixture.of(request -> Optional.of(Fixture.ONE), builder -> builder.retries(0))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(SyncCancelledException.class);
      assertThat(Thread.interrupted()).as("the flag").isTrue();
    }
  }

  @Test
  void a_lost_reply_to_a_reading_post_is_repeated_with_the_same_body() {
    try (Fixture f =
        Fixture.of(
            request ->
                Optional.of(
                    request.text().contains("viewer") ? Fixture.ONE : FakeReply.status(400)))) {
      f.server.fault(1, Fault.reset());
      assertThat(f.api.send(Call.graphql("/graphql", "{viewer{id}}", java.util.Map.of())).status())
          .isEqualTo(200);
    }
  }

  @Test
  void the_secret_is_asked_for_at_every_request_so_that_a_new_one_is_used() {
    String[] secrets = {"first", "second"};
    int[] asked = {0};
    try (Fixture f =
            Fixture.of(
                request ->
                    Optional.of(
                        request.header("authorization").equals(Optional.of("Bearer second"))
                            ? Fixture.ONE
                            : FakeReply.status(500)));
        HttpClients clients = HttpClients.builder().time(f.time).build()) {
      Api api =
          clients.open(
              Fixture.KEY,
              f.server.url(),
              AuthScheme.bearer().authorizer(() -> Secret.of(secrets[asked[0]++])));
      assertThat(api.send(CALL).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "0", "00000000000000000000", "-1", "1e9", ""})
  void a_wait_that_no_library_reads_is_no_failure_of_its_own(String wait) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.fault(1, Fault.answers(FakeReply.status(503).header("Retry-After", wait)));
      try {
        assertThat(f.api.send(CALL).records("data")).hasSize(1);
        assertThat(f.time.sleeps()).as("one retry, after a wait of its own").hasSize(1);
      } catch (dev.corpusync.error.RateLimitedException e) {
        assertThat(wait).isEqualTo("99999999999");
      }
    }
  }
}
