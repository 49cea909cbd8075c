package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.ChangeLog;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.extract.SourceRig.Walk;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A log that names what changed, and the things fetched by id. */
class ChangeLogTest {
  private static final Duration KEPT = Duration.ofDays(30);
  private final Set<String> things = new TreeSet<>(Set.of("a", "b", "c"));
  private final Map<String, String> log = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  ChangeLogTest() {
    log.put("", "{'entries':[{'thing':'b'},{'about':'login'}],'next':'l2'}");
    log.put("l2", "{'entries':[],'next':'l3'}");
    log.put("l3", "{'entries':[{'thing':'b'},{'thing':'d'}],'next':null}");
  }

  @Test
  void the_first_pass_is_the_listing() {
    try (SourceRig rig = rig(batches()).serving(api())) {
      Walk<?> walk = rig.walk(Optional.empty());

      assertThat(walk.ids()).containsExactly("a", "b", "c");
      assertThat(walk.proof()).isEqualTo(Proof.SAID);
    }
  }

  @Test
  void later_passes_fetch_what_the_log_names_once_a_page() {
    things.add("d");
    try (SourceRig rig = rig(batches()).serving(api())) {
      Walk<?> walk = rig.walk(Optional.of(rig.time.now()));

      assertThat(walk.ids()).containsExactly("b", "b", "d");
      assertThat(walk.proof()).isEqualTo(Proof.NONE);
      assertThat(asked).containsOnly("b", "b,d");
    }
  }

  @Test
  void batches_leave_what_is_not_there_unknown_unless_said_otherwise() {
    try (SourceRig rig = rig(batches()).serving(api())) {
      assertThat(rig.walk(Optional.of(rig.time.now())).pages()).allMatch(p -> p.asked().isEmpty());
    }
    try (SourceRig rig = rig(batches().missingAreGone()).serving(api())) {
      assertThat(rig.walk(Optional.of(rig.time.now())).pages())
          .extracting(Page::asked)
          .containsExactly(Set.of("b"), Set.of(), Set.of("b", "d"));
    }
  }

  @Test
  void one_by_one_gone_is_deleted_and_denied_stays() {
    try (SourceRig rig = rig(each()).serving(api())) {
      rig.sync();
      things.remove("b");
      rig.sync();
      assertThat(rig.stored()).containsExactly("a", "c");

      things.add("b");
      rig.sync();
      rig.serving(
          request ->
              request.path().startsWith("/things/")
                  ? Optional.of(FakeReply.status(403))
                  : api().answer(request));
      rig.sync();
      assertThat(rig.stored()).containsExactly("a", "b", "c");
      assertThat(rig.failures())
          .as("what was denied is asked for again, though the log continues")
          .containsExactly("b", "d");

      things.add("d");
      rig.serving(api());
      log.put("", "{'entries':[],'next':null}");
      rig.sync();
      assertThat(rig.stored()).containsExactly("a", "b", "c", "d");
      assertThat(rig.failures()).isEmpty();
    }
  }

  @Test
  void a_pause_longer_than_the_log_is_kept_means_reading_everything() {
    try (SourceRig rig = rig(each()).serving(api())) {
      assertThatThrownBy(() -> rig.walk(Optional.of(rig.time.now().minus(KEPT))))
          .isInstanceOf(CursorExpiredException.class);

      rig.sync();
      rig.time.advance(KEPT);
      things.add("z");
      Run run = rig.sync();

      assertThat(run.message()).contains("full resync");
      assertThat(rig.stored()).containsExactly("a", "b", "c", "z");
    }
  }

  @Test
  void a_log_that_returns_no_more_entries_means_reading_everything() {
    for (int most = 1; most <= 4; most++) {
      try (SourceRig rig = rig(each(), log -> log).serving(api())) {
        rig.sync();
        assertThat(rig.sync().message()).as("without a cap").doesNotContain("full resync");
      }
      int cap = most;
      try (SourceRig rig = rig(each(), log -> log.cappedAt(cap)).serving(api())) {
        rig.sync();
        things.add("y" + cap);
        Run run = rig.sync();

        assertThat(run.message()).as("cap %s", cap).contains("full resync");
        assertThat(rig.stored()).containsExactlyElementsOf(things);
      }
    }
    try (SourceRig rig = rig(each(), log -> log.cappedAt(5)).serving(api())) {
      rig.sync();
      things.add("z");
      Run run = rig.sync();

      assertThat(run.message()).as("four entries of five").doesNotContain("full resync");
      assertThat(rig.stored()).doesNotContain("z");
    }
  }

  @Test
  void a_circle_in_a_log_with_a_cap_ends_too() {
    log.put("l3", "{'entries':[{'thing':'b'},{'thing':'a'}],'next':'l4'}");
    log.put("l4", "{'entries':[{'thing':'c'}],'next':'l3'}");
    try (SourceRig rig = rig(each(), log -> log.cappedAt(40)).serving(api())) {
      rig.sync();
      Run run = rig.sync();

      assertThat(run.message()).contains("returns only 40 entries");
    }
  }

  @Test
  void a_log_without_its_cursor_or_its_entries_is_an_error() {
    for (String flaw : List.of("{'entries':[]}", "{'next':null}", "{'entries':null,'next':null}")) {
      log.put("l2", flaw);
      try (SourceRig rig = rig(each()).serving(api())) {
        assertThatThrownBy(() -> rig.walk(Optional.of(rig.time.now())))
            .as(flaw)
            .isInstanceOf(MalformedReplyException.class);
      }
    }
  }

  @Test
  void a_circle_in_the_log_fails_the_run() {
    for (int length : new int[] {1, 2, 5, 17}) {
      for (int i = 0; i < length; i++) {
        log.put("c" + i, "{'entries':[],'next':'c" + (i + 1) % length + "'}");
      }
      log.put("l2", "{'entries':[],'next':'c0'}");
      try (SourceRig rig = rig(each()).serving(api())) {
        rig.sync();
        Run run = rig.sync();

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("leads back to a cursor");
      }
    }
  }

  private static ByIds batches() {
    return ByIds.batch(
        50, (at, ids) -> Call.get("/things").query("ids", String.join(",", ids)), "items");
  }

  private static ByIds each() {
    return ByIds.each((at, id) -> Call.get("/things/{}", id));
  }

  private static SourceRig rig(ByIds byIds) {
    return rig(byIds, log -> log);
  }

  private static SourceRig rig(ByIds byIds, UnaryOperator<ChangeLog> change) {
    Listing entries =
        Listing.of(at -> Call.get("/log"), "entries", Paging.cursor("cursor", "next"));
    ChangeLog changes =
        ChangeLog.of(
            entries,
            (call, since) -> call.query("since", since),
            entry -> entry.findText("thing"),
            KEPT,
            Duration.ofMinutes(1),
            byIds);
    Listing all = Listing.of(at -> Call.get("/things"), "items", Paging.cursor("cursor", "next"));
    return new SourceRig(Source.listing(all).logged(change.apply(changes)));
  }

  private FakeApi api() {
    return request -> {
      if (request.path().equals("/log")) {
        return Optional.of(PagingForm.json(log.get(request.query("cursor").orElse(""))));
      }
      if (request.path().startsWith("/things/")) {
        String id = request.path().substring("/things/".length());
        return Optional.of(
            things.contains(id) ? FakeReply.json(Things.record(id)) : FakeReply.status(404));
      }
      List<String> wanted =
          request.query("ids").map(ids -> List.of(ids.split(","))).orElse(List.copyOf(things));
      request.query("ids").ifPresent(asked::add);
      List<String> found = wanted.stream().filter(things::contains).toList();
      return Optional.of(PagingForm.json("{'items':" + Things.records(found) + ",'next':null}"));
    };
  }
}
