package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Raw.BOX;
import static dev.corpusync.testkit.engine.Raw.KEY;
import static dev.corpusync.testkit.engine.Raw.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Json;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Within a page of a change feed the last entry of an id counts, and containers go last (P7). */
class ChangeOrderTest {
  private final Raw raw = new Raw();

  @AfterEach
  void close() {
    raw.close();
  }

  private static Source feed(String path) {
    return Source.delta(
        Delta.of(at -> Call.get(path), "data", "next", "delta", ChangeOrderTest::isDeleted)
            .tokensIn("page", "since"));
  }

  private static boolean isDeleted(Json record) {
    return record.has("deleted") && record.flag("deleted");
  }

  private static String entry(char what) {
    return switch (what) {
      case 'R' -> "{\"id\":\"1\",\"title\":\"edited\"}";
      case 'T' -> "{\"id\":\"1\",\"deleted\":true}";
      case 'M' -> "{\"id\":\"1\",\"deleted\":\"perhaps\"}";
      default -> throw new IllegalArgumentException(String.valueOf(what));
    };
  }

  private static String page(List<String> entries, String end) {
    return "{\"data\":[" + String.join(",", entries) + "]," + end + "}";
  }

  private static List<String> entries(String letters) {
    return letters.chars().mapToObj(c -> entry((char) c)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "T, 0, 0",
    "R, 1, 0",
    "RT, 0, 0",
    "TR, 1, 0",
    "TRT, 0, 0",
    "RTR, 1, 0",
    "RRT, 0, 0",
    "TTR, 1, 0",
    "RM, 1, 1",
    "MR, 1, 0",
    "MT, 0, 0",
    "TM, 1, 1"
  })
  void the_last_entry_of_an_id_counts(String letters, int stored, int failed) {
    raw.json("/things", page(List.of("{\"id\":\"1\"}", "{\"id\":\"2\"}"), "\"delta\":\"1\""));
    try (Corpusync engine = raw.engine(Raw.Things.from(feed("/things")))) {
      engine.sync(KEY);
      raw.json("/things", page(entries(letters), "\"delta\":\"2\""));
      engine.sync(KEY);
      assertThat(raw.store.corpus().states(KEY, THING, List.of("1"))).hasSize(stored);
      assertThat(raw.store.corpus().states(KEY, THING, List.of("2"))).hasSize(1);
      assertThat(engine.failures(KEY, 10)).hasSize(failed);
    }
  }

  @ParameterizedTest
  @CsvSource({"R, T, 0", "T, R, 1", "RT, R, 1", "TR, T, 0"})
  void a_later_page_counts_more_than_an_earlier_one(String first, String second, int stored) {
    raw.json("/things", page(List.of("{\"id\":\"1\"}"), "\"delta\":\"1\""));
    try (Corpusync engine = raw.engine(Raw.Things.from(feed("/things")))) {
      engine.sync(KEY);
      raw.route(
          "/things",
          request ->
              FakeReply.json(
                  request.query("page").isEmpty()
                      ? page(entries(first), "\"next\":\"2\"")
                      : page(entries(second), "\"delta\":\"2\"")));
      engine.sync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(stored);
    }
  }

  private Stream[] boxes() {
    return new Stream[] {
      new Raw.Boxes(BOX, feed("/boxes")),
      new Raw.Within(
          THING,
          BOX,
          Source.delta(
              Delta.of(
                      at -> Call.get("/boxes/{}/things", at.parent().id("id")),
                      "data",
                      "next",
                      "delta",
                      ChangeOrderTest::isDeleted)
                  .tokensIn("page", "since")))
    };
  }

  /** The feed tells that the box is gone before another box tells what has moved into it. */
  @Test
  void what_moves_out_of_a_deleted_container_stays_the_same_thing() {
    raw.json("/boxes", page(List.of("{\"id\":\"a\"}", "{\"id\":\"b\"}"), "\"delta\":\"1\""));
    raw.json(
        "/boxes/a/things", page(List.of("{\"id\":\"1\"}", "{\"id\":\"2\"}"), "\"delta\":\"1\""));
    raw.json("/boxes/b/things", page(List.of("{\"id\":\"3\"}"), "\"delta\":\"1\""));
    try (Corpusync engine = raw.engine(boxes())) {
      engine.sync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(3);
      raw.json("/boxes", page(List.of("{\"id\":\"a\",\"deleted\":true}"), "\"delta\":\"2\""));
      raw.routes.remove("/boxes/a/things");
      raw.json("/boxes/b/things", page(List.of("{\"id\":\"1\"}"), "\"delta\":\"2\""));
      Run run = engine.sync(KEY);
      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(run.counts().deleted()).as("the box, and what did not move").isEqualTo(2);
      assertThat(raw.store.corpus().states(KEY, THING, List.of("1", "2", "3")))
          .containsOnlyKeys("1", "3");
      assertThat(raw.stored(BOX)).isEqualTo(1);
      assertThat(engine.sync(KEY).counts().deleted()).isZero();
    }
  }

  @Test
  void a_container_that_a_later_page_shows_again_keeps_what_lies_in_it() {
    raw.json("/boxes", page(List.of("{\"id\":\"a\"}"), "\"delta\":\"1\""));
    raw.json("/boxes/a/things", page(List.of("{\"id\":\"1\"}"), "\"delta\":\"1\""));
    try (Corpusync engine = raw.engine(boxes())) {
      engine.sync(KEY);
      raw.route(
          "/boxes",
          request ->
              FakeReply.json(
                  request.query("page").isEmpty()
                      ? page(List.of("{\"id\":\"a\",\"deleted\":true}"), "\"next\":\"2\"")
                      : page(List.of("{\"id\":\"a\"}"), "\"delta\":\"2\"")));
      raw.json("/boxes/a/things", page(List.of(), "\"delta\":\"2\""));
      assertThat(engine.sync(KEY).counts().deleted()).isZero();
      assertThat(raw.stored(THING)).isEqualTo(1);
    }
  }
}
