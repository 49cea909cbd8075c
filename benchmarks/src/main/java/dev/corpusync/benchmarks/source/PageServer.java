package dev.corpusync.benchmarks.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A process that serves tickets over HTTP/1.1 with cursors, 100 per page, on sockets without delay.
 * Prints its port, and ends when its standard input ends.
 */
public final class PageServer implements AutoCloseable {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
  private final TicketPages pages = new TicketPages();
  private final ServerSocket socket;
  private volatile int most = Integer.MAX_VALUE;

  private PageServer(ServerSocket socket) {
    this.socket = socket;
  }

  /** A server in this process, for tests. */
  public static PageServer start() throws IOException {
    PageServer server = new PageServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    daemon(server::accept);
    return server;
  }

  public static void main(String[] args) throws IOException {
    try (PageServer server = start()) {
      System.out.println(server.socket.getLocalPort());
      while (System.in.read() >= 0) {
        // until the parent process ends
      }
    }
  }

  /** The URL of a world. */
  public URI url(World world) {
    return world.under(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // closed: the process ends
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String target = line.split(" ")[1];
        while (!line(in).isEmpty()) {
          // skip the headers
        }
        out.write(answer(target));
        out.flush();
      }
    } catch (IOException e) {
      // the client closed the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a line without its end; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private byte[] answer(String target) throws InterruptedException {
    String[] parts = target.split("\\?", 2);
    String[] path = parts[0].substring(1).split("/");
    if (path[0].equals("keep")) {
      most = Integer.parseInt(path[1]);
      path = new String[] {"0", "0", "a", "tickets"};
    }
    World world = World.parse(path[0], path[1], path[2]).atMost(most);
    byte[] body = body(world, path, parts.length > 1 ? parts[1] : "");
    if (!world.latency().isZero()) {
      Thread.sleep(world.latency().toMillis());
    }
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
            + DATE.format(ZonedDateTime.now(ZoneOffset.UTC))
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
    System.arraycopy(body, 0, whole, headBytes.length, body.length);
    return whole;
  }

  private byte[] body(World world, String[] path, String query) {
    if (query.contains("updated_after=")) {
      return pages.page(0, 0, world.state(), "null");
    }
    int cursor = parameter(query, "cursor");
    if (path[3].equals("tickets")) {
      return page(world, 0, world.tickets(), cursor);
    }
    if (path.length == 4) {
      return queues();
    }
    int share = world.tickets() / World.QUEUES;
    int queue = Integer.parseInt(path[4]);
    return page(world, queue * share, share, cursor);
  }

  private byte[] page(World world, int from, int share, int cursor) {
    int count = Math.min(TicketPages.PAGE, share - cursor);
    int next = cursor + count;
    return pages.page(
        from + cursor, count, world.state(), next < share ? "\"" + next + "\"" : "null");
  }

  private static byte[] queues() {
    StringBuilder all = new StringBuilder("{\"data\":[");
    for (int i = 0; i < World.QUEUES; i++) {
      all.append(i == 0 ? "" : ",").append("{\"id\":\"" + i + "\",\"private\":false}");
    }
    return all.append("],\"next_cursor\":null}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int parameter(String query, String name) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return Integer.parseInt(pair.substring(name.length() + 1));
      }
    }
    return 0;
  }
}
