package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Raw.KEY;
import static dev.corpusync.testkit.engine.Raw.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Windows;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A total that equals the cap of a search is not a total (P7). */
class CappedSearchTest {
  private final Raw raw = new Raw();

  @AfterEach
  void close() {
    raw.close();
  }

  private static FakeReply counted(String total, List<String> ids) {
    return FakeReply.json(Raw.page(ids).replace("\"next\":null", "\"total\":" + total));
  }

  private static final Setting<Instant> FLOOR =
      Setting.instant("floor", "Since").withDefault("2026-02-28T09:00:00Z");

  /** Of 25 hits, one a minute, a search returns ten and says that there are ten. */
  private static FakeReply search(FakeRequest request) {
    Instant from = Instant.parse(request.query("from").orElseThrow());
    Instant to = Instant.parse(request.query("to").orElseThrow());
    List<String> hits =
        IntStream.range(0, 25)
            .filter(i -> !at(i).isBefore(from) && !at(i).isAfter(to))
            .mapToObj(i -> "h" + i)
            .limit(10)
            .toList();
    return counted(Integer.toString(hits.size()), hits);
  }

  private static Connector search(Windows windows) {
    return new Connector() {
      @Override
      public Descriptor descriptor() {
        return Descriptor.of("search", "Search", "https://search.example")
            .auth(AuthScheme.bearer())
            .settings(FLOOR)
            .build();
      }

      @Override
      public List<Stream> streams() {
        return List.of(Raw.Things.from(Source.windows(windows)));
      }
    };
  }

  private static Instant at(int hit) {
    return Instant.parse("2026-03-01T08:00:00Z").plus(Duration.ofMinutes(hit));
  }

  @Test
  void a_total_that_equals_the_cap_is_not_a_total() {
    raw.route("/search", CappedSearchTest::search);
    Windows windows =
        Windows.of(
                (at, from, to) -> Call.get("/search").query("from", from).query("to", to),
                "data",
                Paging.single(),
                Duration.ofDays(1),
                FLOOR,
                Duration.ofMinutes(1))
            .cappedAt(10, "total");
    try (Corpusync engine = raw.engine(search(windows), Map.of(), builder -> builder)) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(raw.stored(THING)).isEqualTo(25);
    }
  }

  /** Exactly as many in one second as the API counts: there may be more, so nothing is proved. */
  @Test
  void a_smallest_window_that_is_full_proves_nothing_and_stops_nothing() {
    raw.route(
        "/search",
        request -> {
          Instant moment = Instant.parse("2026-03-01T08:00:00Z");
          boolean within =
              !moment.isBefore(Instant.parse(request.query("from").orElseThrow()))
                  && !moment.isAfter(Instant.parse(request.query("to").orElseThrow()));
          return within ? counted("10", Raw.ids("h", 10)) : counted("0", List.of());
        });
    Windows windows =
        Windows.of(
                (at, from, to) -> Call.get("/search").query("from", from).query("to", to),
                "data",
                Paging.single(),
                Duration.ofDays(1),
                FLOOR,
                Duration.ofMinutes(1))
            .cappedAt(10, "total");
    try (Corpusync engine = raw.engine(search(windows), Map.of(), builder -> builder)) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(raw.stored(THING)).isEqualTo(10);
    }
  }
}
