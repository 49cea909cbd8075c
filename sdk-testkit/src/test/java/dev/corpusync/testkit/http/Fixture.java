package dev.corpusync.testkit.http;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.extract.Api;
import dev.corpusync.http.HttpClients;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A fake server, a virtual clock and one client of one connection. */
final class Fixture implements AutoCloseable {
  static final String SECRET = "canary-5f1d-secret";
  static final ConnectionKey KEY = new ConnectionKey("acme", "tracker");
  static final FakeReply ONE = FakeReply.json("{\"data\":[{\"id\":1}]}");

  final VirtualTime time = new VirtualTime();
  final FakeServer server;
  final HttpClients clients;
  final Api api;

  private Fixture(FakeApi fake, UnaryOperator<HttpClients.Builder> changes) {
    server = FakeServer.serving(fake);
    clients =
        changes
            .apply(HttpClients.builder().time(time).random(new SplittableRandom(1)).retries(3))
            .build();
    api = open(KEY);
  }

  static Fixture of(FakeApi fake) {
    return new Fixture(fake, builder -> builder);
  }

  static Fixture of(FakeApi fake, UnaryOperator<HttpClients.Builder> changes) {
    return new Fixture(fake, changes);
  }

  /** Answers in this order, the last one forever. */
  static Fixture answering(FakeReply... replies) {
    List<FakeReply> all = List.of(replies);
    return of(request -> Optional.of(all.get(Math.min(request.number(), all.size()) - 1)));
  }

  Api open(ConnectionKey key) {
    return open(key, server.url(), SECRET);
  }

  Api open(ConnectionKey key, URI base, String secret) {
    return clients.open(key, base, AuthScheme.bearer().authorizer(() -> Secret.of(secret)));
  }

  Duration slept() {
    return time.sleeps().stream().reduce(Duration.ZERO, Duration::plus);
  }

  static String httpDate(Instant when) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(when.atZone(ZoneOffset.UTC));
  }

  @Override
  public void close() {
    clients.close();
    server.close();
  }
}
