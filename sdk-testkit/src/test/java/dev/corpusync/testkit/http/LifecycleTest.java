package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.extract.Call;
import dev.corpusync.http.HttpClients;
import dev.corpusync.testkit.fake.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {
  private static final Call CALL = Call.get("/issues");

  @Test
  void one_connection_serves_every_call_that_read_its_answer() throws Exception {
    try (Counting server = new Counting();
        HttpClients clients = HttpClients.builder().build()) {
      var api = clients.open(Fixture.KEY, server.url(), Authorizer.none());
      for (int i = 0; i < 20; i++) {
        api.send(CALL);
        api.find(CALL);
      }
      assertThat(server.accepted).hasSize(1);
    }
  }

  @Test
  void closing_ends_the_sockets_and_leaves_no_thread_that_keeps_a_process_alive() throws Exception {
    try (Counting server = new Counting()) {
      HttpClients clients = HttpClients.builder().build();
      clients.open(Fixture.KEY, server.url(), Authorizer.none()).send(CALL);
      clients.close();
      assertThat(server.closedByClient.await(2, TimeUnit.SECONDS)).as("socket closed").isTrue();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(t -> t.getName().startsWith("OkHttp") || t.getName().startsWith("Okio"))
        .allMatch(Thread::isDaemon);
  }

  @Test
  void a_closed_client_sends_nothing() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.clients.close();
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(SyncCancelledException.class);
      assertThatThrownBy(() -> f.open(Fixture.KEY)).isInstanceOf(IllegalStateException.class);
      f.clients.close();
      assertThat(f.server.count()).isZero();
    }
  }

  @Test
  void closing_ends_a_call_under_way() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.faultAlways(Fault.stall());
      f.server.after(number -> arrived.countDown());
      CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> f.api.send(CALL));
      assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
      f.clients.close();
      assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SyncCancelledException.class);
      assertThat(f.server.count()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void limits_that_make_no_sense_are_refused_when_they_are_given(long limit) {
    assertThatThrownBy(() -> HttpClients.builder().maxBody(limit))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpClients.builder().maxWait(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpClients.builder().retries(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                HttpClients.builder()
                    .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(limit), Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * A server of one answer that counts its sockets, which the fake server has no reason to show.
   */
  private static final class Counting implements AutoCloseable {
    final List<Socket> accepted = new ArrayList<>();
    final CountDownLatch closedByClient = new CountDownLatch(1);
    private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());

    Counting() throws IOException {
      Thread thread = new Thread(this::serve, "counting");
      thread.setDaemon(true);
      thread.start();
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
      try {
        while (true) {
          Socket socket = server.accept();
          accepted.add(socket);
          answer(socket);
          closedByClient.countDown();
        }
      } catch (IOException e) {
        // Closed by the test.
      }
    }

    private static void answer(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        request.write(b);
        if (request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
          request.reset();
          socket
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket socket : accepted) {
        socket.close();
      }
    }
  }
}
