package dev.corpusync.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that sends the same bytes to every client: for what no HTTP server would send. */
final class RawServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
  private final byte[] answer;

  RawServer(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.US_ASCII);
    Thread thread = new Thread(this::serve, "raw server");
    thread.setDaemon(true);
    thread.start();
  }

  String authority() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[8192]);
          socket.getOutputStream().write(answer);
        }
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
