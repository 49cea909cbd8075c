package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An hour's budget that is too small for all: each partition and each stream has its turn. */
class FairnessTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "rooms");
  private final Map<String, String> answers = Rooms.answers();
  private final VirtualTime time = new VirtualTime();
  private final Map<String, Integer> asked = new TreeMap<>();
  private final List<String> order = new ArrayList<>();
  private final Store store = MemoryStore.open();
  private final FakeServer server = FakeServer.serving(this::answer);
  private int budget;
  private int left;
  private Instant renewed = VirtualTime.START;

  private Optional<FakeReply> answer(FakeRequest request) {
    if (!time.now().isBefore(renewed)) {
      left = budget;
      renewed = time.now().plus(Duration.ofHours(1));
    }
    if (left == 0) {
      return Optional.of(
          FakeReply.status(429)
              .header("Retry-After", "" + Duration.between(time.now(), renewed).toSeconds()));
    }
    left--;
    asked.merge(request.path(), 1, Integer::sum);
    order.add(request.path());
    return Optional.ofNullable(answers.get(request.path()))
        .map(
            body ->
                FakeReply.json(body)
                    .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            time.now().atOffset(ZoneOffset.UTC))));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  private List<Run> hours(int hours, int requests) {
    budget = requests;
    List<Run> runs = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      // Each hour another process.
      try (Corpusync engine =
          Corpusync.builder(store)
              .connector(new Rooms())
              .apis(HttpClients.builder().time(time).random(new Random(1)).build())
              .time(time)
              .random(new Random(3))
              .parallelism(1)
              .build()) {
        engine.connect(
            KEY,
            "rooms",
            Map.of("base_url", server.url().toString(), "rooms", "a,b,c", "topic", "old"),
            () -> Secret.of("a-t0ken"));
        runs.add(engine.sync(KEY));
      }
      time.advance(Duration.ofHours(1));
    }
    return runs;
  }

  @Test
  void the_last_partition_and_the_last_stream_have_their_turn() {
    // Who we are and three rooms are asked for each time, which leaves two requests for four
    // scopes.
    List<Run> runs = hours(9, 6);
    assertThat(runs.subList(1, 9)).extracting(Run::state).containsOnly(Run.State.RATE_LIMITED);
    for (String path : List.of("/rooms/a/notes", "/rooms/b/notes", "/rooms/c/notes", "/news/old")) {
      assertThat(asked.getOrDefault(path, 0)).as("requests of %s", path).isBetween(3, 6);
    }
  }

  @Test
  void rooms_are_looked_at_before_what_is_in_them_all_the_same() {
    hours(4, 6);
    List<String> run = order.subList(order.lastIndexOf("/me"), order.size());
    assertThat(run.subList(1, 4)).containsExactlyInAnyOrder("/rooms/a", "/rooms/b", "/rooms/c");
    assertThat(run).hasSize(6);
  }

  @Test
  void with_a_budget_for_all_the_order_stays_as_declared() {
    List<Run> runs = hours(2, 50);
    assertThat(EnumSet.copyOf(runs.stream().map(Run::state).toList()))
        .containsExactly(Run.State.SUCCEEDED);
    List<String> whole =
        List.of(
            "/me",
            "/rooms/a",
            "/rooms/b",
            "/rooms/c",
            "/rooms/a/notes",
            "/rooms/b/notes",
            "/rooms/c/notes",
            "/news/old");
    assertThat(order.subList(order.size() - 8, order.size())).isEqualTo(whole);
  }

  @Test
  void rooms_that_an_earlier_run_has_looked_at_are_believed_for_hours_and_no_longer() {
    hours(1, 50);
    assertThat(roomsAfter(Duration.ZERO)).containsExactly("/rooms/b", "/rooms/c");
    assertThat(roomsAfter(Duration.ofHours(20)))
        .containsExactly("/rooms/a", "/rooms/b", "/rooms/c");
  }

  /** What a run looks at some time after one that could ask who we are and for one room. */
  private List<String> roomsAfter(Duration later) {
    time.advance(Duration.ofDays(1));
    hours(1, 2);
    assertThat(order.subList(order.lastIndexOf("/me"), order.size()))
        .containsExactly("/me", "/rooms/a");
    time.advance(later);
    hours(1, 50);
    return order.subList(order.lastIndexOf("/me"), order.size()).stream()
        .filter(path -> path.matches("/rooms/\\w"))
        .toList();
  }
}
