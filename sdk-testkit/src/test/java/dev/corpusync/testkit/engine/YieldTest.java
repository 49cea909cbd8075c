package dev.corpusync.testkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that takes long makes room for others, and the next one continues there. */
class YieldTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "rooms");
  private final VirtualTime time = new VirtualTime();
  private final Map<String, List<String>> lists = new TreeMap<>();
  private final Map<String, Integer> asked = new TreeMap<>();
  private final FakeServer server = FakeServer.serving(this::answer);
  @TempDir Path folder;

  YieldTest() {
    for (String room : List.of("a", "b", "c")) {
      lists.put("/rooms/" + room + "/notes", things(room, 4));
    }
    lists.put("/news/old", things("o", 5));
  }

  private static List<String> things(String prefix, int count) {
    return new ArrayList<>(IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList());
  }

  /** One record on each page; the news of "endless" never end. */
  private Optional<FakeReply> answer(FakeRequest request) {
    int at = request.query("cursor").map(Integer::parseInt).orElse(0);
    synchronized (asked) {
      asked.merge(request.path() + "?" + at, 1, Integer::sum);
    }
    if (request.path().equals("/news/endless")) {
      return Optional.of(page("e" + at, Optional.of(at + 1)));
    }
    if (lists.containsKey(request.path())) {
      List<String> all = lists.get(request.path());
      return Optional.of(
          at < all.size()
              ? page(all.get(at), at + 1 < all.size() ? Optional.of(at + 1) : Optional.empty())
              : FakeReply.json("{\"data\":[],\"next\":null}"));
    }
    return Optional.ofNullable(Rooms.answers().get(request.path())).map(FakeReply::json);
  }

  private static FakeReply page(String id, Optional<Integer> next) {
    return FakeReply.json(
        "{\"data\":[{\"id\":\""
            + id
            + "\"}],\"next\":"
            + next.map(n -> "\"" + n + "\"").orElse("null")
            + "}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Corpusync engine(Store store, String topic, UnaryOperator<CorpusyncBuilder> options) {
    Corpusync engine =
        options
            .apply(
                Corpusync.builder(store)
                    .connector(new Rooms())
                    .apis(HttpClients.builder().time(time).random(new Random(1)).build())
                    .time(time)
                    .random(new Random(3))
                    .parallelism(1))
            .build();
    connect(engine, KEY, topic);
    return engine;
  }

  private void connect(Corpusync engine, ConnectionKey key, String topic) {
    engine.connect(
        key,
        "rooms",
        Map.of("base_url", server.url().toString(), "rooms", "a,b,c", "topic", topic),
        () -> Secret.of("a-t0ken"));
  }

  /** Syncs until a run does not yield; each gets on by a page at least. */
  private static List<Run> toTheEnd(Corpusync engine, Run first) {
    List<Run> runs = new ArrayList<>(List.of(first));
    while (runs.get(runs.size() - 1).state() == State.YIELDED && runs.size() < 200) {
      runs.add(engine.sync(KEY));
    }
    return runs;
  }

  private static String stored(Store store) {
    return List.of("room", "note", "news").stream()
        .flatMap(
            kind ->
                store.corpus().artifactsAfter(KEY, Kind.of(kind), Optional.empty(), 1_000).stream())
        .map(a -> a.ref() + " in " + a.parent() + " " + new String(a.payload().bytes(), UTF_8))
        .toList()
        .toString();
  }

  /** What is asked for and stored in a first sync, after changes, and in a resync. */
  private List<String> story(Store store, UnaryOperator<CorpusyncBuilder> options) {
    lists.put("/rooms/b/notes", things("b", 4));
    lists.put("/news/old", things("o", 5));
    List<String> told = new ArrayList<>();
    try (Corpusync engine = engine(store, "old", options)) {
      for (int step = 0; step < 3; step++) {
        synchronized (asked) {
          asked.clear();
        }
        Run first = step == 2 ? engine.resync(KEY) : engine.sync(KEY);
        List<Run> runs = toTheEnd(engine, first);
        assertThat(runs.get(runs.size() - 1).state())
            .as("%s", runs)
            .isIn(State.SUCCEEDED, State.NEEDS_REVIEW);
        told.add(stored(store));
        asked.remove("/me?0");
        told.add(asked.toString());
        lists.get("/rooms/b/notes").remove(1);
        lists.get("/rooms/b/notes").add("b" + (7 + step));
        lists.get("/news/old").remove(0);
        time.advance(Duration.ofMinutes(10));
      }
    }
    return told;
  }

  @Test
  void yielding_after_any_number_of_requests_ends_as_a_run_that_never_yields() {
    List<String> calm;
    try (Store store = MemoryStore.open()) {
      calm = story(store, builder -> builder.prefetch(false));
    }
    for (int requests = 1; requests < 24; requests++) {
      int most = requests;
      try (Store store =
          requests % 6 == 0
              ? RelationalStore.sqlite(folder.resolve("y" + requests + ".db"))
              : MemoryStore.open()) {
        assertThat(story(store, b -> b.prefetch(false).yieldAfterRequests(most)))
            .as("yields after %s requests: each page is asked for as often", most)
            .isEqualTo(calm);
      }
    }
  }

  @Test
  void a_run_yields_when_its_time_is_over_and_says_so() {
    server.before(n -> time.advance(Duration.ofMinutes(4)));
    try (Store store = MemoryStore.open();
        Corpusync engine = engine(store, "old", builder -> builder)) {
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.YIELDED);
      assertThat(run.message()).contains("used up its time");
      assertThat(Duration.between(run.started(), run.ended().orElseThrow()))
          .isLessThan(Duration.ofMinutes(30));
      assertThat(engine.runs(KEY, 1)).containsExactly(run);
      List<Run> runs = toTheEnd(engine, run);
      assertThat(runs).hasSizeGreaterThan(2).extracting(Run::round).containsOnly(run.id());
      assertThat(runs.get(runs.size() - 1).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.health(KEY).reason()).isEmpty();
      assertThat(engine.sync(KEY).round()).as("a round of its own").isNotEqualTo(run.id());
    }
  }

  @Test
  void a_stream_that_pages_for_ever_does_not_stop_the_other_streams_of_its_connection() {
    try (Store store = MemoryStore.open();
        Corpusync engine = engine(store, "endless", b -> b.yieldAfterRequests(12))) {
      for (int i = 0; i < 12; i++) {
        assertThat(engine.sync(KEY).state()).isEqualTo(State.YIELDED);
      }
      for (Map.Entry<String, List<String>> list : lists.entrySet()) {
        if (list.getKey().startsWith("/rooms")) {
          assertThat(stored(store)).contains(list.getValue());
        }
      }
      assertThat(store.corpus().artifactsAfter(KEY, Kind.of("news"), Optional.empty(), 100))
          .hasSizeGreaterThan(10);
      assertThat(engine.failures(KEY, 1)).isEmpty();
    }
  }

  @Test
  void a_server_that_pages_for_ever_does_not_stop_another_tenant() throws InterruptedException {
    ConnectionKey other = new ConnectionKey("rival", "rooms");
    CountDownLatch synced = new CountDownLatch(5);
    CountDownLatch yielded = new CountDownLatch(3);
    RunListener listener =
        new RunListener() {
          @Override
          public void runEnded(Run run) {
            if (run.key().equals(other) && run.state() == State.SUCCEEDED) {
              synced.countDown();
            }
            if (run.key().equals(KEY) && run.state() == State.YIELDED) {
              yielded.countDown();
            }
          }
        };
    try (Store store = MemoryStore.open();
        Corpusync engine =
            engine(
                store,
                "endless",
                b -> b.yieldAfterRequests(30).runsAtOnce(1, 1).listener(listener))) {
      connect(engine, other, "old");
      engine.schedule(KEY, Duration.ofDays(1));
      engine.schedule(other, Duration.ofMinutes(1));
      assertThat(synced.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(yielded.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.scheduled()).extracting(s -> s.key()).containsExactlyInAnyOrder(KEY, other);
    }
  }
}
