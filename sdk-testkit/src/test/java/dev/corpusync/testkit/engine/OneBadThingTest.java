package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Exchanges.records;
import static dev.corpusync.testkit.engine.RawThings.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.ChangeLog;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * An exchange about one thing costs one thing, whatever is answered, for ever or for a while (P10).
 */
class OneBadThingTest {
  private static final String NO_COMMENTS = "{'next':null,'data':[]}";

  /** What an API can answer about one thing and no request can change. */
  private static Map<String, FakeReply> refusals() {
    Map<String, FakeReply> all = new TreeMap<>();
    for (int status : new int[] {400, 409, 422, 500, 502, 503}) {
      all.put("" + status, FakeReply.status(status));
    }
    return all;
  }

  private static Map<String, FakeReply> nonsense() {
    Map<String, FakeReply> all = refusals();
    all.put("a web page", FakeReply.bytes(200, "text/html", bytes("<html>sorry</html>")));
    all.put("no JSON", FakeReply.bytes(200, "application/json", bytes("{\"id\":")));
    all.put("nothing", FakeReply.bytes(200, "application/json", bytes("")));
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_part_that_is_refused_fails_its_record_and_its_neighbours_are_stored() {
    refusals()
        .forEach(
            (what, reply) -> {
              try (Exchanges api = new Exchanges(new RawThings.Commented())) {
                api.things("/things", "1", "2", "3");
                api.get("/things/1/comments", NO_COMMENTS).get("/things/3/comments", NO_COMMENTS);
                api.get("/things/2/comments", reply);
                Run run = api.sync();
                assertThat(run.state()).as(what).isEqualTo(State.NEEDS_REVIEW);
                assertThat(api.stored()).as(what).containsExactly("1", "3");
                assertThat(api.failed()).as(what).containsExactly("2");
                assertThat(api.failures().get(0).reason()).contains("GET /things/{}");
                assertThat(api.checkpoint(THING).watermark()).as("waits: %s", what).isEmpty();
                api.get("/things/2/comments", NO_COMMENTS);
                assertThat(api.sync().state()).as(what).isEqualTo(State.SUCCEEDED);
                assertThat(api.stored()).as(what).containsExactly("1", "2", "3");
                assertThat(api.failed()).as(what).isEmpty();
              }
            });
  }

  @Test
  void a_part_that_leads_on_for_ever_ends() {
    try (Exchanges api = new Exchanges(new RawThings.Commented())) {
      api.things("/things", "1", "2").get("/things/2/comments", NO_COMMENTS);
      for (int page = 0; page < 1_100; page++) {
        api.get(
            "/things/1/comments" + (page == 0 ? "" : "?cursor=" + page),
            "{'next':'" + (page + 1) + "','data':[{'n':" + page + "}]}");
      }
      Run run = api.sync();
      assertThat(run.state()).isNotEqualTo(State.FAILED);
      assertThat(run.message()).contains("1000 pages");
      assertThat(api.stored()).containsExactly("1", "2");
    }
  }

  @Test
  void five_parts_in_a_row_without_an_answer_are_the_server_and_fail_the_scope() {
    try (Exchanges api = new Exchanges(new RawThings.Commented())) {
      api.things("/things", "1", "2", "3", "4", "5", "6", "7");
      IntStream.rangeClosed(1, 7).forEach(i -> api.get("/things/" + i + "/comments", 503));
      assertThat(api.sync().state()).isEqualTo(State.FAILED);
      assertThat(api.asked("/things/6/comments")).as("not asked any more").isZero();
      assertThat(api.failed()).isEmpty();
      assertThat(api.stored()).isEmpty();
      IntStream.rangeClosed(1, 7).forEach(i -> api.get("/things/" + i + "/comments", NO_COMMENTS));
      assertThat(api.sync().state()).isEqualTo(State.SUCCEEDED);
      assertThat(api.stored()).hasSize(7);
    }
  }

  @Test
  void parts_that_are_still_unreadable_continue_to_wait() {
    try (Exchanges api = new Exchanges(new RawThings.Commented())) {
      api.things("/things", "1", "2", "3", "4", "5", "6", "7");
      IntStream.rangeClosed(1, 7).forEach(i -> api.get("/things/" + i + "/comments", 403));
      api.sync();
      api.things("/things");
      for (int status : new int[] {503, 400}) {
        IntStream.rangeClosed(1, 7).forEach(i -> api.get("/things/" + i + "/comments", status));
        long before = api.asked("/things/7/comments");
        assertThat(api.syncTomorrow().state()).isNotEqualTo(State.FAILED);
        assertThat(api.asked("/things/7/comments")).as("%s", status).isEqualTo(before + 1);
        api.sync();
        assertThat(api.asked("/things/7/comments")).as("not yet").isEqualTo(before + 1);
        assertThat(api.failed()).isEmpty();
      }
      IntStream.rangeClosed(1, 7).forEach(i -> api.get("/things/" + i + "/comments", NO_COMMENTS));
      assertThat(api.syncTomorrow().state()).isEqualTo(State.SUCCEEDED);
      assertThat(api.stored()).hasSize(7);
    }
  }

  @Test
  void rejected_credentials_and_rate_limits_in_a_part_end_the_run() {
    for (int status : new int[] {401, 429}) {
      try (Exchanges api = new Exchanges(new RawThings.Commented())) {
        api.things("/things", "1")
            .get("/things/1/comments", FakeReply.status(status).header("Retry-After", "7200"));
        assertThat(api.sync().state()).isEqualTo(status == 401 ? State.FAILED : State.RATE_LIMITED);
        assertThat(api.failed()).isEmpty();
      }
    }
  }

  @Test
  void a_retry_that_fails_for_ever_never_stands_before_the_listing() {
    nonsense()
        .forEach(
            (what, reply) -> {
              try (Exchanges api = new Exchanges(new RawThings.ById())) {
                api.get("/things", "{'next':null,'data':[{'id':'bad','title':7}]}");
                api.get("/things/bad", reply);
                assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
                api.things("/things", "1", "2");
                assertThat(api.sync().state()).as(what).isEqualTo(State.NEEDS_REVIEW);
                assertThat(api.stored()).as(what).containsExactly("1", "2");
                assertThat(api.failed()).as(what).containsExactly("bad");
                assertThat(api.failures().get(0).attempts()).as(what).isEqualTo(2);
                api.things("/things", "bad");
                assertThat(api.sync().state())
                    .as("healed in the listing")
                    .isEqualTo(State.SUCCEEDED);
                assertThat(api.failed()).isEmpty();
              }
            });
  }

  @Test
  void an_id_for_which_no_call_can_be_made_fails_alone() {
    try (Exchanges api = new Exchanges(new RawThings.ById())) {
      api.get("/things", "{'next':null,'data':[{'id':'..','title':7}," + records("1") + "]}");
      api.sync();
      api.things("/things", "2");
      assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(api.stored()).containsExactly("1", "2");
      assertThat(api.failed()).containsExactly("..");
    }
  }

  @Test
  void retries_back_off_and_the_times_outlive_the_process() {
    try (Exchanges api = new Exchanges(new RawThings.ById())) {
      api.get("/things", "{'next':null,'data':[{'id':'bad','title':7}]}").get("/things/bad", 500);
      api.sync();
      api.things("/things");
      long[] minutes = {0, 1, 3, 2, 3, 3, 4};
      long[] asked = {1, 1, 1, 2, 2, 2, 3};
      for (int i = 0; i < minutes.length; i++) {
        api.time.advance(Duration.ofMinutes(minutes[i]));
        api.sync();
        assertThat(api.asked("/things/bad")).as("sync %s", i).isEqualTo(asked[i]);
      }
      assertThat(api.failures().get(0).notBefore())
          .isEqualTo(api.time.now().plus(Duration.ofMinutes(20)));
      api.get("/things/bad", "{'id':'bad','title':'mended'}");
      assertThat(api.sync().state()).as("not yet").isEqualTo(State.NEEDS_REVIEW);
      assertThat(api.syncTomorrow().state()).isEqualTo(State.SUCCEEDED);
      assertThat(api.stored()).containsExactly("bad");
    }
  }

  @Test
  void retries_are_bounded_in_each_run_and_reach_each_item_in_the_end() {
    try (Exchanges api = new Exchanges(new RawThings.ById())) {
      String[] good = IntStream.range(0, 2_000).mapToObj(i -> "g" + i).toArray(String[]::new);
      StringBuilder page = new StringBuilder("{'next':null,'data':[" + records(good));
      for (int i = 0; i < 150; i++) {
        page.append(",{'id':'bad" + i + "','title':7}");
        api.get("/things/bad" + i, 400);
      }
      api.get("/things", page + "]}").sync();
      api.things("/things");
      int before = api.server.count();
      api.sync();
      assertThat(api.server.count() - before).isEqualTo(101);
      api.sync();
      assertThat(api.failures()).allMatch(f -> f.attempts() == 2);
    }
  }

  @Test
  void many_retries_in_a_row_that_fail_leave_the_run_alone() {
    for (int status : new int[] {400, 503}) {
      try (Exchanges api = new Exchanges(new RawThings.CommentedById())) {
        StringBuilder page = new StringBuilder("{'next':null,'data':[{'id':'bad0','title':7}");
        for (int i = 1; i < 12; i++) {
          page.append(",{'id':'bad" + i + "','title':7}");
        }
        for (int i = 0; i < 12; i++) {
          api.get(
              "/things/bad" + i,
              i < 11
                  ? FakeReply.status(status)
                  : FakeReply.json("{\"id\":\"bad11\",\"title\":\"x\"}"));
          api.get("/things/bad" + i + "/comments", NO_COMMENTS);
        }
        api.get("/things", page + "]}").sync();
        api.things("/things");
        for (int i = 0; i < 4; i++) {
          assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
        }
        assertThat(api.stored()).as("the one behind them: %s", status).containsExactly("bad11");
      }
    }
  }

  @Test
  void a_confirmation_of_absence_that_fails_costs_one_record_and_deletes_the_others() {
    Source inferred =
        Source.listing(
                Listing.of(
                    at -> Call.get("/things"), "data", Paging.cursorOmittedAtEnd("cursor", "next")))
            .relisted();
    nonsense()
        .forEach(
            (what, reply) -> {
              try (Exchanges api = new Exchanges(new RawThings.ById(inferred))) {
                api.get("/things", "{'data':[" + records("1", "2", "3", "4") + "]}").sync();
                api.get("/things", "{'data':[" + records("1") + "]}").get("/things/3", reply);
                assertThat(api.sync().state()).as(what).isEqualTo(State.NEEDS_REVIEW);
                assertThat(api.stored()).as(what).containsExactly("1", "3");
                assertThat(api.failed()).as(what).containsExactly("3");
                api.get("/things/3", 404);
                api.sync();
                assertThat(api.stored()).as(what).containsExactly("1");
                assertThat(api.failed()).as(what).isEmpty();
              }
            });
  }

  private static Source logged(ByIds byIds) {
    return Source.listing(RawThings.listing())
        .logged(
            ChangeLog.of(
                Listing.of(at -> Call.get("/log"), "entries", Paging.cursor("cursor", "next")),
                (call, since) -> call.query("since", since),
                entry -> entry.findId("target/id"),
                Duration.ofDays(30),
                Duration.ofMinutes(1),
                byIds));
  }

  @Test
  void what_a_log_names_and_cannot_be_read_fails_alone() {
    nonsense()
        .forEach(
            (what, reply) -> {
              try (Exchanges api = new Exchanges(new RawThings(logged(RawThings.each())))) {
                api.things("/things", "1").sync();
                api.get(
                    "/log",
                    "{'next':null,'entries':[{'target':{'id':'2'}},{'target':{'id':'3'}},{'target':{'id':'4'}}]}");
                api.get("/things/2", "{'id':'2','title':'T'}").get("/things/3", reply);
                api.get("/things/4", "{'id':'4','title':'T'}");
                assertThat(api.sync().state()).as(what).isEqualTo(State.NEEDS_REVIEW);
                assertThat(api.stored()).as(what).containsExactly("1", "2", "4");
                assertThat(api.failed()).as(what).containsExactly("3");
                api.get("/log", "{'next':null,'entries':[]}");
                api.get("/things/3", "{'id':'3','title':'T'}");
                assertThat(api.sync().state()).as(what).isEqualTo(State.SUCCEEDED);
                assertThat(api.stored()).as(what).containsExactly("1", "2", "3", "4");
              }
            });
  }

  @Test
  void one_bad_id_of_a_batch_is_found_and_the_others_are_stored() {
    ByIds batch =
        ByIds.batch(8, (at, ids) -> Call.get("/batch").query("ids", String.join("-", ids)), "data");
    try (Exchanges api = new Exchanges(new RawThings(logged(batch)))) {
      api.things("/things").sync();
      StringBuilder entries = new StringBuilder("{'target':{'id':'1'}}");
      IntStream.rangeClosed(2, 8).forEach(i -> entries.append(",{'target':{'id':'" + i + "'}}"));
      api.get("/log", "{'next':null,'entries':[" + entries + "]}");
      api.get("/batch?ids=1-2-3-4-5-6-7-8", 500).get("/batch?ids=5-6-7-8", 500);
      api.get("/batch?ids=7-8", 500).get("/batch?ids=7", 500);
      api.get("/batch?ids=1-2-3-4", "{'data':[" + records("1", "2", "3", "4") + "]}");
      api.get("/batch?ids=5-6", "{'data':[" + records("5", "6") + "]}");
      api.get("/batch?ids=8", "{'data':[" + records("8") + "]}");
      assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(api.stored()).containsExactly("1", "2", "3", "4", "5", "6", "8");
      assertThat(api.failed()).containsExactly("7");
    }
  }

  @Test
  void an_odd_entry_of_a_log_is_a_failed_item_and_its_neighbours_are_read() {
    for (String odd :
        List.of(
            "{'target':'deleted by a bulk action'}", "{'target':{'id':{}}}", "7", "null", "[]")) {
      try (Exchanges api = new Exchanges(new RawThings(logged(RawThings.each())))) {
        api.things("/things", "1").sync();
        String good = "{'next':null,'entries':[{'target':{'id':'2'}},{'target':{'id':'3'}}]}";
        api.get("/log", good.replace("},{'target", "}," + odd + ",{'target"));
        api.get("/things/2", "{'id':'2','title':'T'}").get("/things/3", "{'id':'3','title':'T'}");
        Run run = api.sync();
        assertThat(api.stored()).as(odd).containsExactly("1", "2", "3");
        if (odd.equals("null")) {
          continue; // Nothing is said at all.
        }
        assertThat(run.state()).as(odd).isEqualTo(State.NEEDS_REVIEW);
        assertThat(api.failures()).as(odd).hasSize(1).noneMatch(f -> f.isIdentified());
        assertThat(api.failures().get(0).reason()).doesNotContain("bulk");
        api.get("/log", good);
        assertThat(api.sync().state()).as("it is over").isEqualTo(State.SUCCEEDED);
        assertThat(api.failed()).as(odd).isEmpty();
      }
    }
  }

  @Test
  void an_entity_tag_that_cannot_be_sent_back_is_not_kept() {
    Source each =
        Source.each(at -> List.of("1", "2"), (at, id) -> Call.get("/things/{}", id).conditional());
    for (String tag :
        List.of("\"caf\u00e9\"", "\"a\tb\"", "\"" + "x".repeat(9_000) + "\"", " ", "\"\u2028\"")) {
      try (Exchanges api = new Exchanges(new RawThings(each))) {
        for (String id : List.of("1", "2")) {
          FakeReply reply = FakeReply.json("{\"id\":\"" + id + "\",\"title\":\"T\"}");
          api.get("/things/" + id, id.equals("1") ? reply.header("ETag", tag) : reply);
        }
        for (int i = 0; i < 3; i++) {
          assertThat(api.sync().state()).as(tag).isEqualTo(State.SUCCEEDED);
        }
        assertThat(api.stored()).containsExactly("1", "2");
      }
    }
  }

  @Test
  void one_configured_value_that_cannot_be_read_fails_alone_and_all_of_them_the_scope() {
    Source each = Source.each(at -> List.of("1", "2", "3"), (at, id) -> Call.get("/things/{}", id));
    nonsense()
        .forEach(
            (what, reply) -> {
              try (Exchanges api = new Exchanges(new RawThings(each))) {
                api.get("/things/1", "{'id':'1','title':'T'}").get("/things/2", reply);
                api.get("/things/3", "{'id':'3','title':'T'}");
                Run run = api.sync();
                assertThat(run.state()).as(what).isEqualTo(State.NEEDS_REVIEW);
                assertThat(api.stored()).as(what).containsExactly("1", "3");
                api.get("/things/1", reply).get("/things/3", reply);
                assertThat(api.sync().state()).as(what).isEqualTo(State.FAILED);
                assertThat(api.stored()).as(what).containsExactly("1", "3");
              }
            });
  }

  /** In containers. */
  private static final class Boxes extends RawThings implements ContainerStream {
    Boxes() {
      super(
          Source.listing(
                  Listing.of(at -> Call.get("/boxes"), "data", Paging.cursor("cursor", "next")))
              .relisted());
    }

    @Override
    public Kind kind() {
      return Kind.of("box");
    }

    @Override
    public int version() {
      return 1;
    }
  }

  private static final class InBoxes extends RawThings implements Nested {
    InBoxes() {
      super(
          Source.listing(
                  Listing.of(
                      at -> Call.get("/boxes/{}/things", at.parent().id("id")),
                      "data",
                      Paging.cursor("cursor", "next")))
              .relisted());
    }

    @Override
    public Kind parent() {
      return Kind.of("box");
    }

    @Override
    public Ids ids() {
      return Ids.UNDER_PARENT;
    }
  }

  @Test
  void one_container_whose_listing_fails_costs_its_own_records_and_the_run_says_so() {
    nonsense()
        .forEach(
            (what, reply) -> {
              try (Exchanges api = new Exchanges(new Boxes(), new InBoxes())) {
                api.things("/boxes", "a", "b", "c");
                for (String box : List.of("a", "b", "c")) {
                  api.things("/boxes/" + box + "/things", "1");
                }
                api.sync();
                int whole = api.stored().size();
                api.get("/boxes/b/things", reply);
                api.things("/boxes/a/things", "1", "2").things("/boxes/c/things", "1", "2");
                Run run = api.sync();
                assertThat(run.state()).as(what).isEqualTo(State.FAILED);
                assertThat(run.message()).as(what).contains("GET /boxes");
                assertThat(api.stored()).as(what).hasSize(whole + 2);
              }
            });
  }

  @Test
  void a_record_that_is_fetched_in_a_batch_and_cannot_be_read_is_not_left_out() {
    ByIds batch =
        ByIds.batch(2, (at, ids) -> Call.get("/batch").query("ids", String.join("-", ids)), "data")
            .missingAreGone();
    try (Exchanges api = new Exchanges(new RawThings(logged(batch)))) {
      api.things("/things", "1", "2").sync();
      api.get("/log", "{'next':null,'entries':[{'target':{'id':'1'}},{'target':{'id':'2'}}]}");
      String flawed = "{'data':[{'id':'2','n':" + "9".repeat(3_000) + "}]}";
      api.get("/batch?ids=1-2", flawed.replace("[", "[" + records("1") + ","));
      api.get("/batch?ids=1", "{'data':[" + records("1") + "]}").get("/batch?ids=2", flawed);
      assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(api.stored()).containsExactly("1", "2");
      assertThat(api.failed()).containsExactly("2");
    }
  }
}
