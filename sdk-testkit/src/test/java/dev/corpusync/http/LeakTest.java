package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In the adapter's package, since only its pool knows whether an answer still holds a socket. */
class LeakTest {
  static Stream<Fault> faults() {
    byte[] large = new byte[300_000];
    return Stream.of(
        Fault.status(403),
        Fault.status(429),
        Fault.status(500),
        Fault.truncated(),
        Fault.html(),
        Fault.hugeBody(50 << 20),
        Fault.answers(FakeReply.bytes(404, "text/plain", large)),
        Fault.answers(FakeReply.bytes(503, "text/plain", large)),
        Fault.answers(FakeReply.status(302).header("Location", "http://evil.example/")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void no_failure_keeps_its_socket_busy(Fault fault) {
    try (FakeServer server = FakeServer.serving(request -> Optional.of(FakeReply.json("[]")));
        HttpClients clients =
            HttpClients.builder()
                .time(new VirtualTime())
                .maxBody(100_000)
                .maxWait(Duration.ofSeconds(2))
                .build()) {
      Api api = clients.open(new ConnectionKey("acme", "tracker"), server.url(), Authorizer.none());
      server.faultAlways(fault);
      assertThatThrownBy(() -> api.send(Call.get("/issues")))
          .isInstanceOf(CorpusyncException.class);
      ConnectionPool pool = clients.client().connectionPool();
      assertThat(pool.connectionCount() - pool.idleConnectionCount()).as("busy sockets").isZero();
    }
  }
}
