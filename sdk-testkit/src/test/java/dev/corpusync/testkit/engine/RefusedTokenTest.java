package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Exchanges.records;
import static dev.corpusync.testkit.engine.RawThings.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import org.junit.jupiter.api.Test;

/**
 * A stored token that the source refuses leads to a full pass, recorded, and never to a gap (P4).
 */
class RefusedTokenTest {
  private static final Source DELTA =
      Source.delta(
          Delta.of(at -> Call.get("/delta"), "value", "next", "delta", json -> json.has("deleted"))
              .expiredOn(410));

  private static String page(String end, String... ids) {
    return "{'value':[" + records(ids) + "]," + end + "}";
  }

  @Test
  void a_delta_token_refused_with_any_status_is_asked_for_twice_and_then_everything_is_read() {
    for (int status : new int[] {400, 403, 404, 409, 412, 422}) {
      try (Exchanges api = new Exchanges(new RawThings(DELTA))) {
        api.get("/delta", page("'delta':'/delta?token=1'", "1", "2")).sync();
        api.get("/delta?token=1", status);
        api.get("/delta", page("'delta':'/delta?token=9'", "2", "3"));
        int before = api.server.count();
        Run run = api.sync();
        assertThat(run.state()).as("%s", status).isEqualTo(State.SUCCEEDED);
        assertThat(run.message()).contains("full resync of thing", "refused twice", "" + status);
        assertThat(api.server.count() - before).as("twice, then the whole").isEqualTo(3);
        assertThat(api.stored()).as("nothing is kept that is gone").containsExactly("2", "3");
        api.get("/delta?token=9", page("'delta':'/delta?token=9'"));
        assertThat(api.sync().message()).isEmpty();
      }
    }
  }

  @Test
  void a_refusal_that_passes_costs_nothing() {
    try (Exchanges api = new Exchanges(new RawThings(DELTA))) {
      api.get("/delta", page("'delta':'/delta?token=1'", "1")).sync();
      api.get("/delta?token=1", page("'delta':'/delta?token=2'", "2"));
      api.server.fault("/delta", 2, Fault.status(400));
      Run run = api.sync();
      assertThat(run.state()).isEqualTo(State.SUCCEEDED);
      assertThat(run.message()).isEmpty();
      assertThat(api.stored()).containsExactly("1", "2");
    }
  }

  @Test
  void rejected_credentials_rate_limits_and_outages_are_no_refusal_of_a_token() {
    for (int status : new int[] {401, 429, 500, 503}) {
      try (Exchanges api = new Exchanges(new RawThings(DELTA))) {
        api.get("/delta", page("'delta':'/delta?token=1'", "1")).sync();
        api.get("/delta?token=1", FakeReply.status(status).header("Retry-After", "7200"));
        var before = api.checkpoint(THING);
        assertThat(api.sync().state()).isIn(State.FAILED, State.RATE_LIMITED);
        assertThat(api.checkpoint(THING)).isEqualTo(before);
        assertThat(api.asked("/delta")).as("%s", status).isEqualTo(2);
      }
    }
  }

  @Test
  void a_watermark_that_is_refused_means_reading_everything() {
    try (Exchanges api = new Exchanges(new RawThings())) {
      api.things("/things", "1").sync();
      api.server.faulting(
          request ->
              request.query("since").isPresent()
                  ? java.util.Optional.of(Fault.status(422))
                  : java.util.Optional.empty());
      api.things("/things", "2");
      Run run = api.sync();
      assertThat(run.state()).isEqualTo(State.SUCCEEDED);
      assertThat(run.message()).contains("full resync of thing");
      assertThat(api.stored()).containsExactly("2");
    }
  }

  @Test
  void a_position_that_is_refused_when_a_run_resumes_means_beginning_again() {
    for (int status : new int[] {400, 403, 404, 410, 422}) {
      try (Exchanges api = new Exchanges(new RawThings())) {
        api.get("/things", "{'next':'c2','data':[" + records("1") + "]}");
        api.get("/things?cursor=c2", status);
        assertThat(api.sync().state()).isEqualTo(State.FAILED);
        api.get("/things", "{'next':'c3','data':[" + records("1", "2") + "]}");
        api.things("/things?cursor=c3", "3");
        Run run = api.sync();
        assertThat(run.state()).as("%s", status).isEqualTo(State.SUCCEEDED);
        assertThat(run.message()).contains("full resync of thing");
        assertThat(api.stored()).containsExactly("1", "2", "3");
      }
    }
  }
}
