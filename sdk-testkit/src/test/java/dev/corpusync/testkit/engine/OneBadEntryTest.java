package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Exchanges.records;
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
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What cannot be read of a log, a batch, a configured value or a container costs itself alone
 * (P10).
 */
class OneBadEntryTest {
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
    FakeAnswers.nonsense()
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
    FakeAnswers.nonsense()
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
    FakeAnswers.nonsense()
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
