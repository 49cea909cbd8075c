package dev.corpusync.testkit.engine;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SteppingStore;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.vault.KeyProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** A connector for two rooms, the fake API that it speaks to, and engines on one store. */
abstract class ConnectionRig {
  static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  static final Secret SECRET = Secret.of("the-s3cret");
  final KeyProvider keys = KeyProvider.development();
  final Map<String, String> answers = Rooms.answers();
  final FakeServer server =
      FakeServer.serving(
          request ->
              Optional.ofNullable(answers.get(request.path()))
                  .map(FakeReply::json)
                  .map(r -> r.header("Date", "Sun, 01 Mar 2026 09:00:00 GMT")));
  final VirtualTime time = new VirtualTime();
  Store store = MemoryStore.open();

  @AfterEach
  void close() {
    server.close();
  }

  Corpusync engine() {
    return engine(CrashPlan.counting());
  }

  Corpusync engine(CrashPlan plan) {
    time.advance(Duration.ofHours(1));
    return Corpusync.builder(new SteppingStore(store, plan))
        .connector(new Rooms())
        .apis(HttpClients.builder().time(time).random(new Random(1)).retries(1).build())
        .vault(keys)
        .time(time)
        .random(new Random(3))
        .parallelism(1)
        .prefetch(false)
        .build();
  }

  Map<String, String> settings(String rooms, String topic) {
    return Map.of("base_url", server.url().toString(), "rooms", rooms, "topic", topic);
  }

  Connection connect(Corpusync engine) {
    return engine.connect(KEY, "rooms", settings("a,b", "old"), SECRET);
  }

  Set<String> documents() {
    return store.corpus().documentsAfter(KEY, Optional.empty(), 1_000).stream()
        .map(StoredDocument::title)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean isSecretKept() {
    return !store.secrets().sealedByOthers("", 10).isEmpty();
  }
}
