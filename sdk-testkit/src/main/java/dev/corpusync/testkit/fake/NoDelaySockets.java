package dev.corpusync.testkit.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/**
 * Accepts with TCP_NODELAY: without it Nagle and delayed acknowledgement cost 40 ms an exchange.
 * Knows which connections are open.
 */
final class NoDelaySockets extends ServerSocketFactory {
  private final Set<Socket> open = new HashSet<>();

  /** How many connections are open, once that many or fewer are or the patience is at its end. */
  int open(int wanted, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (open) {
      try {
        for (long left = patience.toNanos();
            open.size() > wanted && left > 0;
            left = end - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(open, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return open.size();
    }
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new NoDelay(open);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return createServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    ServerSocket socket = new NoDelay(open);
    socket.bind(new java.net.InetSocketAddress(address, port), backlog);
    return socket;
  }

  private static final class NoDelay extends ServerSocket {
    private final Set<Socket> open;

    NoDelay(Set<Socket> open) throws IOException {
      super();
      this.open = open;
    }

    @Override
    public Socket accept() throws IOException {
      Socket socket = new Counted(open);
      implAccept(socket);
      socket.setTcpNoDelay(true);
      synchronized (open) {
        open.add(socket);
      }
      return socket;
    }
  }

  /** Says when it is closed. */
  private static final class Counted extends Socket {
    private final Set<Socket> open;

    Counted(Set<Socket> open) {
      this.open = open;
    }

    @Override
    public void close() throws IOException {
      super.close();
      synchronized (open) {
        open.remove(this);
        open.notifyAll();
      }
    }
  }
}
