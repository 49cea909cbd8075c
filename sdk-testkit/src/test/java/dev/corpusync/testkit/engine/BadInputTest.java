package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors say what was tried and what to do. */
class BadInputTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench tickets(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> bench.ticket("t" + i, "text " + i));
    return bench;
  }

  @Test
  void trouble_names_what_was_tried_and_what_to_do() {
    tickets(1);
    try (Corpusync engine = bench.engine(new Tickets())) {
      bench.server.faultAlways(
          Fault.answers(
              FakeReply.bytes(
                  200, "text/html", "<html>login</html>".getBytes(StandardCharsets.UTF_8))));
      assertThat(engine.sync(KEY).message()).contains("GET /tickets").contains("login page");
      bench.server.faultAlways(Fault.status(401));
      assertThat(engine.sync(KEY).message()).contains("401").contains("Authorise");
      bench.server.faultAlways(Fault.rateLimited(Duration.ofHours(2)));
      Run waiting = engine.sync(KEY);
      assertThat(waiting.state()).isEqualTo(State.RATE_LIMITED);
      assertThat(waiting.message()).contains("7200 s");
      assertThat(waiting.notBefore()).contains(bench.time.now().plus(Duration.ofHours(2)));
      bench.server.faultAlways(Fault.answers(FakeReply.json("{\"data\":[{]")));
      assertThat(engine.sync(KEY).state()).isIn(State.FAILED, State.RATE_LIMITED);
    }
  }

  @Test
  void bad_configuration_is_refused_by_name() {
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThatThrownBy(
              () ->
                  engine.connect(
                      new ConnectionKey("a", "b"),
                      "nope",
                      Map.of(),
                      () -> dev.corpusync.auth.Secret.of("x")))
          .hasMessageContaining("'nope' is not registered")
          .hasMessageContaining("bench");
      assertThatThrownBy(
              () ->
                  engine.connect(
                      new ConnectionKey("a", "b"),
                      "bench",
                      Map.of("base_url", "ftp://s3cret"),
                      () -> dev.corpusync.auth.Secret.of("x")))
          .hasMessageContaining("'base_url'")
          .hasMessageNotContaining("s3cret");
      assertThatThrownBy(
              () ->
                  bench
                      .builder("bench", new Tickets())
                      .connector(Bench.connector("bench", new Tickets())))
          .isInstanceOf(ConnectorDefectException.class)
          .hasMessageContaining("two connectors have the id 'bench'");
      assertThatThrownBy(() -> bench.builder("twice", new Tickets(), new Tickets()))
          .hasMessageContaining("two streams of the kind 'ticket'");
    }
  }
}
