package dev.corpusync.testkit.trial;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * While it is open, sockets and the usual HTTP clients reach this machine only: all of them ask the
 * JVM's proxy selector where to go. What does not ask, channels, is found by {@code DET-03}.
 * Closing puts the selector back that was there; one at a time.
 */
public final class LoopbackOnly extends ProxySelector implements AutoCloseable {
  private final @Nullable ProxySelector before;
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  private LoopbackOnly(@Nullable ProxySelector before) {
    this.before = before;
  }

  public static LoopbackOnly open() {
    LoopbackOnly guard = new LoopbackOnly(ProxySelector.getDefault());
    ProxySelector.setDefault(guard);
    return guard;
  }

  /** The hosts that someone wanted to reach. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public List<Proxy> select(@Nullable URI uri) {
    String host = uri == null || uri.getHost() == null ? "" : uri.getHost();
    boolean here =
        host.equals("localhost")
            || host.startsWith("127.")
            || host.equals("[::1]")
            || host.equals("[0:0:0:0:0:0:0:1]");
    if (here) {
      return List.of(Proxy.NO_PROXY);
    }
    refused.add(host.isEmpty() ? "a host without a name" : host);
    throw new IllegalStateException(
        "a check reaches no other machine than this, and someone wanted to connect to " + host);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // There are no proxies to try next.
  }

  @Override
  public void close() {
    ProxySelector.setDefault(before);
  }
}
