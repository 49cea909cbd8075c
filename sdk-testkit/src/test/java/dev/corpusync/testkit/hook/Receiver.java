package dev.corpusync.testkit.hook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An endpoint by another hand: the JDK's server, which keeps what arrives as bytes. */
final class Receiver implements AutoCloseable {
  /** What arrived; header names in any case. */
  record Arrived(String method, URI target, Map<String, String> headers, byte[] body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What is sent back. */
  record Reply(int status, String type, String body) {
    static Reply status(int status) {
      return new Reply(status, "text/plain", "as you say");
    }
  }

  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile int limit = Integer.MAX_VALUE;

  private Receiver(Function<Arrived, Reply> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> exchange(exchange, answers));
    server.start();
  }

  static Receiver answering(Function<Arrived, Reply> answers) {
    try {
      return new Receiver(answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Receiver answering(int status) {
    return answering(any -> Reply.status(status));
  }

  /** Nobody listens there any more. */
  static Receiver gone() {
    try (Receiver receiver = Receiver.answering(200)) {
      return receiver;
    }
  }

  /** Reads no further than this, and answers 413. */
  Receiver limit(int bytes) {
    limit = bytes;
    return this;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  List<Arrived> arrived() {
    return List.copyOf(arrived);
  }

  Arrived last() {
    return arrived.get(arrived.size() - 1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange, Function<Arrived, Reply> answers)
      throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.get(0)));
      byte[] body = exchange.getRequestBody().readNBytes(limit);
      Arrived one =
          new Arrived(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
      arrived.add(one);
      Reply reply = body.length == limit ? Reply.status(413) : answers.apply(one);
      byte[] said = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      boolean empty = said.length == 0 || reply.status() == 204;
      exchange.sendResponseHeaders(reply.status(), empty ? -1 : said.length);
      if (!empty) {
        exchange.getResponseBody().write(said);
      }
    }
  }
}
