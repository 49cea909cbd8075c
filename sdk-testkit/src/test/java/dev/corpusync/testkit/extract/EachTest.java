package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.extract.Call;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.extract.SourceRig.Walk;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One record for each value that the configuration names. */
class EachTest {
  private static final Source SOURCE =
      Source.each(
          at -> at.setting(Things.NAMES), (at, name) -> Call.get("/things/{}", name).conditional());
  private final Map<String, FakeReply> things = new HashMap<>();

  EachTest() {
    for (String name : new String[] {"a", "b", "c"}) {
      things.put(name, FakeReply.json(Things.record(name)).header("ETag", "\"" + name + "1\""));
    }
  }

  @Test
  void each_value_is_a_page() {
    try (SourceRig rig = rig("a,b,c")) {
      Walk<?> walk = rig.walk(Optional.empty());

      assertThat(walk.ids()).containsExactly("a", "b", "c");
      assertThat(walk.pages()).hasSize(3);
      assertThat(walk.proof()).isEqualTo(Proof.SAID);
    }
  }

  @Test
  void no_value_is_no_page_and_no_request() {
    try (SourceRig rig = rig("")) {
      assertThat(rig.walk(Optional.empty()).ids()).isEmpty();
      assertThat(rig.server.count()).isZero();
    }
  }

  @Test
  void a_value_that_is_unknown_or_denied_fails_alone_and_deletes_nothing() {
    for (int status : new int[] {403, 404, 410}) {
      things.put("b", FakeReply.json(Things.record("b")));
      try (SourceRig rig = rig("a,b,c")) {
        rig.sync();
        things.put("b", FakeReply.status(status));
        Run run = rig.sync();

        assertThat(run.state()).isEqualTo(Run.State.NEEDS_REVIEW);
        assertThat(run.counts().failed()).isEqualTo(1);
        assertThat(run.counts().deleted()).isZero();
        assertThat(rig.stored()).containsExactly("a", "b", "c");
      }
    }
  }

  @Test
  void not_modified_is_what_is_stored() {
    try (SourceRig rig = rig("a,b,c")) {
      rig.sync();
      things.put("b", FakeReply.json("{\"id\":\"b\",\"title\":\"New\"}").header("ETag", "\"b2\""));
      Run run = rig.sync();

      assertThat(run.counts().stored()).isEqualTo(1);
      assertThat(run.counts().unchanged()).isEqualTo(2);
      assertThat(rig.server.exchanges().stream().filter(e -> e.status() == 304)).hasSize(2);
      assertThat(rig.stored()).containsExactly("a", "b", "c");
    }
  }

  private SourceRig rig(String names) {
    return new SourceRig(new Things(SOURCE), Map.of("names", names)).serving(api());
  }

  private FakeApi api() {
    return request -> {
      FakeReply reply = things.get(request.path().substring("/things/".length()));
      Optional<String> known = request.header("if-none-match");
      boolean same =
          reply.headers().stream()
              .anyMatch(
                  h -> h.getKey().equals("ETag") && known.filter(h.getValue()::equals).isPresent());
      return Optional.of(same ? reply.withStatus(304) : reply);
    };
  }
}
