package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Exchanges.records;
import static dev.corpusync.testkit.engine.RawThings.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * An exchange about one thing costs one thing, whatever is answered, for ever or for a while (P10).
 */
class OneBadThingTest {
  private static final String NO_COMMENTS = "{'next':null,'data':[]}";

  @Test
  void a_part_that_is_refused_fails_its_record_and_its_neighbours_are_stored() {
    FakeAnswers.refusals()
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
    FakeAnswers.nonsense()
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
    FakeAnswers.nonsense()
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
}
