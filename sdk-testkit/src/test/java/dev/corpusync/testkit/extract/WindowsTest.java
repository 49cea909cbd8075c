package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Windows;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.extract.SourceRig.Walk;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A search by time of change that answers for thirty days at most, a few results a page. */
class WindowsTest {
  private static final Duration MAX = Duration.ofDays(30);
  private static final Instant FLOOR = Instant.parse("2025-01-01T00:00:00Z");
  private static final Map<String, String> SETTINGS = Map.of("from", FLOOR.toString());
  private final TreeMap<String, Instant> changed =
      new TreeMap<>(
          Map.of(
              "a", Instant.parse("2026-02-28T10:00:00Z"),
              "b", Instant.parse("2026-02-27T10:00:00Z"),
              "c", Instant.parse("2026-02-26T10:00:00Z"),
              "d", Instant.parse("2026-02-26T09:00:00Z"),
              "e", Instant.parse("2025-06-01T00:00:00Z"),
              "f", FLOOR));

  @Test
  void every_window_is_read_back_to_the_floor_through_empty_ones() {
    try (SourceRig rig = rig(windows()).serving(search(1_000))) {
      Walk<?> walk = rig.walk(Optional.empty());

      assertThat(walk.ids()).containsExactly("a", "b", "c", "d", "e", "f");
      assertThat(walk.proof()).isEqualTo(Proof.INFERRED);
      assertThat(walk.last().upTo()).contains(rig.time.now());
    }
  }

  @Test
  void an_incremental_pass_goes_back_to_the_watermark_and_its_overlap_only() {
    try (SourceRig rig = rig(windows()).serving(search(1_000))) {
      Instant since = Instant.parse("2026-02-26T10:30:00Z");

      assertThat(rig.walk(Optional.of(since)).ids()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void a_window_with_more_results_than_are_given_out_is_split() {
    try (SourceRig rig = rig(windows().cappedAt(3, "total")).serving(search(3))) {
      assertThat(rig.walk(Optional.empty()).ids()).containsExactly("a", "b", "c", "d", "e", "f");
    }
  }

  @Test
  void more_results_in_one_second_than_are_given_out_cost_themselves_and_the_run_says_so() {
    for (String id : List.of("u", "v", "w", "x")) {
      changed.put(id, Instant.parse("2026-02-20T10:00:00Z"));
    }
    try (SourceRig rig = rig(windows().cappedAt(3, "total")).serving(search(3))) {
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(rig.stored()).containsExactly("a", "b", "c", "d", "e", "f", "u", "v", "w");
      assertThat(rig.failures()).hasSize(1);
      assertThat(rig.server.count()).isLessThan(120);

      changed.remove("w");
      assertThat(rig.sync().state()).as("it is over").isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.stored()).contains("x");
      assertThat(rig.failures()).isEmpty();
    }
  }

  @Test
  void a_second_with_too_many_results_costs_itself_in_an_incremental_pass_too() {
    try (SourceRig rig = rig(windows().cappedAt(3, "total")).serving(search(3))) {
      rig.sync();
      rig.time.advance(Duration.ofDays(2));
      for (String id : List.of("u", "v", "w", "x")) {
        changed.put(id, rig.time.now().minus(Duration.ofHours(30)));
      }
      changed.put("z", rig.time.now().minus(Duration.ofHours(40)));
      assertThat(rig.sync().state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(rig.stored()).contains("u", "v", "w", "z").doesNotContain("x");
      changed.remove("u");
      assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.stored()).contains("x");
    }
  }

  @Test
  void an_answer_without_the_cursor_or_the_total_is_an_error() {
    try (SourceRig rig = rig(windows().cappedAt(3, "total"))) {
      for (String body :
          List.of(
              "{'results':[],'total':0}",
              "{'results':[],'next':null}",
              "{'results':null,'total':0,'next':null}")) {
        rig.serving(request -> Optional.of(PagingForm.json(body)));

        assertThatThrownBy(() -> rig.walk(Optional.empty()))
            .as(body)
            .isInstanceOf(MalformedReplyException.class);
      }
    }
  }

  @Test
  void a_circle_inside_a_window_fails_the_run() {
    for (int length : new int[] {1, 2, 5, 17}) {
      try (SourceRig rig = rig(windows())) {
        rig.serving(
            request -> {
              int at = request.query("cursor").map(Integer::parseInt).orElse(0);
              return Optional.of(
                  PagingForm.json("{'results':[],'next':'" + (at + 1) % length + "'}"));
            });
        Run run = rig.sync();

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("leads back to a cursor");
      }
    }
  }

  @Test
  void the_engine_walks_it_and_misses_nothing_that_changes_later() {
    try (SourceRig rig = rig(windows().cappedAt(3, "total")).serving(search(3))) {
      assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.stored()).containsExactly("a", "b", "c", "d", "e", "f");

      rig.time.advance(Duration.ofDays(100));
      changed.put("g", rig.time.now().minus(Duration.ofDays(95)));
      assertThat(rig.sync().counts().stored()).isEqualTo(1);
      assertThat(rig.stored()).hasSize(7);
    }
  }

  private static Windows windows() {
    return Windows.of(
        (at, from, to) -> Call.get("/search").query("from", from).query("to", to),
        "results",
        Paging.cursor("cursor", "next"),
        MAX,
        Things.FROM,
        Duration.ofHours(1));
  }

  private static SourceRig rig(Windows windows) {
    return new SourceRig(new Things(Source.windows(windows)), SETTINGS);
  }

  /** Two results a page; refuses what the real ones refuse. */
  private FakeApi search(int cap) {
    return request -> {
      Instant from = Instant.parse(request.query("from").orElseThrow());
      Instant to = Instant.parse(request.query("to").orElseThrow());
      if (Duration.between(from, to).compareTo(MAX) > 0) {
        return Optional.of(FakeReply.status(400));
      }
      List<String> found =
          changed.entrySet().stream()
              .filter(e -> !e.getValue().isBefore(from) && !e.getValue().isAfter(to))
              .map(Map.Entry::getKey)
              .toList();
      return Optional.of(
          page(request, found.subList(0, Math.min(cap, found.size())), found.size()));
    };
  }

  private static FakeReply page(FakeRequest request, List<String> found, int total) {
    int at = request.query("cursor").map(Integer::parseInt).orElse(0);
    int end = Math.min(at + 2, found.size());
    String next = end < found.size() ? "'" + end + "'" : "null";
    return PagingForm.json(
        "{'results':"
            + Things.records(found.subList(at, end))
            + ",'total':"
            + total
            + ",'next':"
            + next
            + "}");
  }
}
