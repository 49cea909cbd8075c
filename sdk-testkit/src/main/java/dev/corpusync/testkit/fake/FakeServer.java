package dev.corpusync.testkit.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntConsumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link FakeApi} on a loopback port, one exchange at a time, and remembers each. Faults
 * are addressed by the exchange's number, or by path and occurrence, so a run with concurrent
 * partitions is as repeatable as one without.
 *
 * @since 0.1
 */
public final class FakeServer implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final NoDelaySockets sockets = new NoDelaySockets();
  private final FakeApi api;
  private final Map<Integer, Fault> faults = new HashMap<>();
  private final Map<String, Map<Integer, Fault>> faultsByPath = new HashMap<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<String> unmatched = new ArrayList<>();
  private IntConsumer before = number -> {};
  private IntConsumer after = number -> {};
  private Function<FakeRequest, Optional<Fault>> faulting = request -> Optional.empty();
  private final AtomicLong sent = new AtomicLong();
  private final RequestMeter crowd = new RequestMeter();
  private @Nullable Fault always;

  private FakeServer(FakeApi api) {
    this.api = api;
  }

  public static FakeServer serving(FakeApi api) {
    FakeServer fake = new FakeServer(api);
    fake.server.setServerSocketFactory(fake.sockets);
    fake.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            fake.crowd.enter();
            try {
              return fake.exchange(request);
            } finally {
              fake.crowd.leave();
            }
          }
        });
    try {
      fake.server.start(InetAddress.getLoopbackAddress(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("the fake API could not open a loopback port", e);
    }
    return fake;
  }

  /** Its address, without a trailing slash; a number, so that no resolver has a say in it. */
  public URI url() {
    InetAddress address = server.getSocketAddress().getAddress();
    String host = address.getHostAddress();
    return URI.create(
        "http://"
            + (address instanceof Inet6Address ? "[" + host + "]" : host)
            + ":"
            + server.getPort());
  }

  /** The fault of the n-th exchange from the start, counted from 1. */
  public synchronized FakeServer fault(int exchange, Fault fault) {
    faults.put(exchange, fault);
    return this;
  }

  /** The fault of the n-th request of a path, counted from 1. */
  public synchronized FakeServer fault(String path, int occurrence, Fault fault) {
    faultsByPath.computeIfAbsent(path, p -> new HashMap<>()).put(occurrence, fault);
    return this;
  }

  /** The fault of every exchange from now on. */
  public synchronized FakeServer faultAlways(Fault fault) {
    always = fault;
    return this;
  }

  /** The fault of each request that no other is told for. */
  public synchronized FakeServer faulting(Function<FakeRequest, Optional<Fault>> of) {
    faulting = of;
    return this;
  }

  public synchronized FakeServer heal() {
    faulting = request -> Optional.empty();
    faults.clear();
    faultsByPath.clear();
    always = null;
    return this;
  }

  /**
   * Called with the number of each exchange before it is answered: a place to change the world, or
   * to kill the client. It runs on the server's thread while no other exchange is in progress, and
   * must not wait for one.
   */
  public synchronized FakeServer before(IntConsumer hook) {
    before = hook;
    return this;
  }

  /**
   * Called with the number of each exchange when the API has done its work and the answer is fixed,
   * but not sent: the next request will see what it changes, and a client killed here never learns.
   */
  public synchronized FakeServer after(IntConsumer hook) {
    after = hook;
    return this;
  }

  public synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  public synchronized int count() {
    return exchanges.size();
  }

  /** Requests that the API does not know: a test with any of them proves nothing. */
  public synchronized List<String> unmatched() {
    return List.copyOf(unmatched);
  }

  /** How many connections clients keep open, once none is or the patience is at its end. */
  public int connections(Duration patience) {
    return sockets.open(0, patience);
  }

  /** Bytes of endless bodies that the client's side has taken. */
  public long sent() {
    return sent.get();
  }

  /** From now on each exchange waits a moment for another one to come. */
  public FakeServer crowded() {
    crowd.gather();
    return this;
  }

  /** The most requests that were under way at once. */
  public int mostAtOnce() {
    return crowd.most();
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized MockResponse exchange(RecordedRequest request) {
    int number = exchanges.size() + 1;
    HttpUrl url = request.getUrl();
    FakeRequest asked =
        api.seen(
            new FakeRequest(
                number,
                request.getMethod(),
                url.encodedPath(),
                query(url),
                headers(request),
                body(request)));
    // Numbered before the hook, which may never return.
    exchanges.add(
        new Exchange(
            number, asked.method(), asked.path(), asked.query(), false, 0, "not answered"));
    before.accept(number);
    Fault fault = faultOf(asked);
    Optional<FakeReply> answer = api.answer(asked);
    if (answer.isEmpty()) {
      unmatched.add(asked.method() + " " + asked.path());
    }
    FakeReply reply = answer.orElse(FakeReply.status(404));
    FakeReply changed = fault == null ? reply : fault.change(reply);
    boolean authorized =
        asked.headers().keySet().stream()
            .anyMatch(h -> h.equals("authorization") || h.contains("key") || h.contains("token"));
    exchanges.set(
        number - 1,
        new Exchange(
            number,
            asked.method(),
            asked.path(),
            asked.query(),
            authorized,
            changed.status(),
            fault == null ? "" : fault.toString()));
    after.accept(number);
    return response(changed, fault);
  }

  private @Nullable Fault faultOf(FakeRequest asked) {
    int occurrence = occurrences.merge(asked.path(), 1, Integer::sum);
    Fault byPath = faultsByPath.getOrDefault(asked.path(), Map.of()).get(occurrence);
    Fault told = byPath != null ? byPath : faults.getOrDefault(asked.number(), always);
    return told != null ? told : faulting.apply(asked).orElse(null);
  }

  private MockResponse response(FakeReply reply, @Nullable Fault fault) {
    MockResponse.Builder response = new MockResponse.Builder().code(reply.status());
    reply.headers().forEach(h -> response.addHeaderLenient(h.getKey(), h.getValue()));
    if (reply.status() != 304 && reply.status() != 204) {
      response.body(new Buffer().write(reply.body()));
    }
    switch (fault == null ? Fault.Socket.NORMAL : fault.socket()) {
      case NORMAL -> {}
      case RESET_BEFORE_HEADERS -> response.onResponseStart(new SocketEffect.CloseSocket());
      case CUT_BODY -> response.onResponseBody(new SocketEffect.CloseSocket());
      case STALL -> response.onResponseStart(SocketEffect.Stall.INSTANCE);
      case TRICKLE -> response.throttleBody(1, 1, TimeUnit.SECONDS);
      case HUGE_BODY -> response.body(new HugeBody(fault == null ? 0 : fault.size(), sent));
      case CUT_CHUNKS -> {
        response.chunkedBody(
            new Buffer().write(reply.body()), Math.max(1, reply.body().length / 3));
        response.onResponseBody(new SocketEffect.CloseSocket());
      }
    }
    return response.build();
  }

  private static Map<String, List<String>> query(HttpUrl url) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String name : url.queryParameterNames()) {
      List<String> values = new ArrayList<>();
      url.queryParameterValues(name).forEach(v -> values.add(v == null ? "" : v));
      query.put(name, values);
    }
    return query;
  }

  private static Map<String, List<String>> headers(RecordedRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .getHeaders()
        .toMultimap()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return headers;
  }

  private static byte[] body(RecordedRequest request) {
    return request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
  }
}
