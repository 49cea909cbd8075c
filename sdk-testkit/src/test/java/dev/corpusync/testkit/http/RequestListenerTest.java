package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.Call;
import dev.corpusync.sync.RequestAttempt;
import dev.corpusync.sync.RequestEvent;
import dev.corpusync.sync.RequestFailure;
import dev.corpusync.sync.RequestListener;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a request listener receives of requests over real sockets. */
class RequestListenerTest {
  private static final Call CALL = Call.get("/secret-project/{}", "4711").query("q", "private");

  /** Keeps every event. */
  private static final class Recorder implements RequestListener {
    final List<RequestAttempt> started = new CopyOnWriteArrayList<>();
    final List<RequestEvent> ended = new CopyOnWriteArrayList<>();

    @Override
    public void requestStarted(RequestAttempt request) {
      started.add(request);
    }

    @Override
    public void requestEnded(RequestEvent event) {
      ended.add(event);
    }
  }

  private final Recorder recorder = new Recorder();

  private static ApiConfig.Builder config(URI url) {
    return ApiConfig.builder(Fixture.KEY, url, Authorizer.none());
  }

  private Api open(Fixture f) {
    return f.clients.open(config(f.server.url()).run("run-1").requestListener(recorder).build());
  }

  @Test
  void each_attempt_is_reported_with_its_number_status_and_duration() {
    try (Fixture f = Fixture.answering(FakeReply.status(503), Fixture.ONE)) {
      f.server.before(number -> f.time.advance(Duration.ofSeconds(number)));
      open(f).send(CALL);
      assertThat(recorder.ended)
          .extracting(RequestEvent::toString)
          .containsExactly(
              "GET 127.0.0.1, attempt 1: 503 after 1000 ms",
              "GET 127.0.0.1, attempt 2: 200 after 2000 ms");
      assertThat(recorder.ended)
          .allSatisfy(
              event -> {
                assertThat(event.connection()).isEqualTo(Fixture.KEY);
                assertThat(event.run()).contains("run-1");
                assertThat(event.failure()).isEmpty();
              });
    }
  }

  @Test
  void an_end_comes_with_the_request_that_its_start_was_reported_with() {
    try (Fixture f = Fixture.answering(FakeReply.status(500), Fixture.ONE)) {
      open(f).send(CALL);
      assertThat(recorder.started).hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(recorder.ended.get(i).request()).isSameAs(recorder.started.get(i));
      }
    }
  }

  @Test
  void no_path_no_query_and_no_id_is_passed() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      open(f).send(CALL);
      assertThat(recorder.ended.toString())
          .doesNotContain("secret-project", "4711", "private", "q=");
    }
  }

  @Test
  void outside_a_run_there_is_no_run_id() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.clients.open(config(f.server.url()).requestListener(recorder).build()).send(CALL);
      assertThat(recorder.ended)
          .singleElement()
          .extracting(RequestEvent::run)
          .isEqualTo(Optional.empty());
    }
  }

  @Test
  void a_redirect_that_is_followed_is_a_request_of_the_same_attempt() {
    try (Fixture f =
        Fixture.answering(FakeReply.status(302).header("Location", "/there"), Fixture.ONE)) {
      open(f).send(CALL);
      assertThat(recorder.ended)
          .extracting(event -> event.attempt() + ": " + event.status().getAsInt())
          .containsExactly("1: 302", "1: 200");
    }
  }

  @Test
  void a_refused_request_is_reported_with_its_status() {
    try (Fixture f = Fixture.answering(FakeReply.status(403))) {
      assertThatThrownBy(() -> open(f).send(CALL)).isInstanceOf(CorpusyncException.class);
      assertThat(recorder.ended)
          .singleElement()
          .extracting(event -> event.status().getAsInt())
          .isEqualTo(403);
    }
  }

  @Test
  void a_connection_that_breaks_off_is_reported_as_lost() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.fault(1, Fault.reset());
      open(f).send(CALL);
      assertThat(recorder.ended.get(0).failure()).contains(RequestFailure.CONNECTION_LOST);
      assertThat(recorder.ended.get(0).status()).isEmpty();
      assertThat(recorder.ended.get(1).status()).hasValue(200);
    }
  }

  @Test
  void an_answer_that_does_not_come_is_reported_as_a_timeout() {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(Fixture.ONE),
            builder ->
                builder
                    .retries(0)
                    .timeouts(
                        Duration.ofSeconds(2), Duration.ofMillis(250), Duration.ofMillis(300)))) {
      f.server.faultAlways(Fault.stall());
      assertThatThrownBy(() -> open(f).send(CALL)).isInstanceOf(UnavailableException.class);
      assertThat(recorder.ended)
          .singleElement()
          .extracting(RequestEvent::failure)
          .isEqualTo(Optional.of(RequestFailure.TIMEOUT));
    }
  }

  @Test
  void an_address_where_no_server_listens_is_reported_as_unreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      URI nowhere = URI.create("http://127.0.0.1:" + port);
      Api api = f.clients.open(config(nowhere).requestListener(recorder).build());
      assertThatThrownBy(() -> api.send(CALL)).isInstanceOf(UnavailableException.class);
      assertThat(recorder.ended)
          .hasSize(4)
          .extracting(RequestEvent::failure)
          .containsOnly(Optional.of(RequestFailure.UNREACHABLE));
    }
  }

  @Test
  void an_answer_that_is_too_large_is_reported_as_unreadable() {
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.json("[" + "1,".repeat(2_000) + "1]")),
            builder -> builder.maxBody(1_000))) {
      assertThatThrownBy(() -> open(f).send(CALL)).isInstanceOf(MalformedReplyException.class);
      assertThat(recorder.ended)
          .singleElement()
          .extracting(RequestEvent::failure)
          .isEqualTo(Optional.of(RequestFailure.UNREADABLE));
    }
  }

  @Test
  void a_client_that_is_closed_during_a_request_is_reported_as_cancelled() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.before(number -> f.clients.close());
      assertThatThrownBy(() -> open(f).send(CALL)).isInstanceOf(CorpusyncException.class);
      assertThat(recorder.ended)
          .singleElement()
          .extracting(RequestEvent::failure)
          .isEqualTo(Optional.of(RequestFailure.CANCELLED));
    }
  }

  @Test
  void a_listener_that_throws_fails_no_request_and_keeps_no_other_from_its_event() {
    RequestListener throwing =
        new RequestListener() {
          @Override
          public void requestStarted(RequestAttempt request) {
            throw new IllegalStateException("quotes canary-of-the-host");
          }

          @Override
          public void requestEnded(RequestEvent event) {
            throw new IllegalStateException("quotes canary-of-the-host");
          }
        };
    try (Fixture f = Fixture.answering(Fixture.ONE);
        CapturedLog log = CapturedLog.of(RequestListener.class.getName())) {
      Api api =
          f.clients.open(
              config(f.server.url()).requestListener(throwing).requestListener(recorder).build());
      assertThat(api.send(CALL).status()).isEqualTo(200);
      assertThat(recorder.started).hasSize(1);
      assertThat(recorder.ended).hasSize(1);
      assertThat(String.join("\n", log.lines()))
          .contains("request listener failed", "IllegalStateException at " + getClass().getName())
          .doesNotContain("canary-of-the-host");
    }
  }
}
