package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.extract.SourceRig.Walk;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeltaTest {
  private static final Source SOURCE =
      Source.delta(
          Delta.of(at -> Call.get("/delta"), "value", "next", "delta", json -> json.has("deleted"))
              .expiredOn(410));
  private final Map<String, String> pages = new HashMap<>();

  /** Pages by token; {@code @x} stands for the link to the page of that token. */
  private FakeApi api() {
    return request -> {
      String token = request.query("token").orElse("");
      String link = "http://" + request.header("host").orElseThrow() + "/delta?token=";
      return Optional.of(
          pages.containsKey(token)
              ? PagingForm.json(pages.get(token).replace("@", link))
              : FakeReply.status(410));
    };
  }

  DeltaTest() {
    pages.put("", "{'value':[{'id':'a','title':'A'},{'id':'b','title':'B'}],'next':'@p2'}");
    pages.put("p2", "{'value':[],'next':'@p3'}");
    pages.put("p3", "{'value':[{'id':'c','title':'C'}],'delta':'@d1'}");
    pages.put("d1", "{'value':[{'id':'a','deleted':{}},{'id':'d','title':'D'}],'delta':'@d2'}");
    pages.put("d2", "{'value':[],'delta':'@d2'}");
  }

  @Test
  void the_whole_is_read_through_an_empty_page_and_ends_with_a_mark() {
    try (SourceRig rig = new SourceRig(SOURCE).serving(api())) {
      Walk<?> walk = rig.walk(Optional.empty());

      assertThat(walk.ids()).containsExactly("a", "b", "c");
      assertThat(walk.proof()).isEqualTo(Proof.SAID);
      assertThat(walk.last().deltaToken()).isPresent();
    }
  }

  @Test
  void the_next_pass_starts_from_the_mark_and_is_told_deletions() {
    try (SourceRig rig = new SourceRig(SOURCE).serving(api())) {
      rig.sync();
      assertThat(rig.stored()).containsExactly("a", "b", "c");

      rig.sync();
      assertThat(rig.stored()).containsExactly("b", "c", "d");

      int before = rig.server.count();
      assertThat(rig.sync().counts().seen()).isZero();
      assertThat(rig.server.count() - before).isEqualTo(1);
    }
  }

  @Test
  void links_are_followed_with_the_headers_of_the_first_call() {
    Set<String> asked = new TreeSet<>();
    Source preferring =
        Source.delta(
            Delta.of(
                    at -> Call.get("/delta").header("Prefer", "permissions"),
                    "value",
                    "next",
                    "delta",
                    json -> json.has("deleted"))
                .expiredOn(410));
    FakeApi api =
        request -> {
          asked.add(request.header("prefer").orElse("nothing"));
          return api().answer(request);
        };
    try (SourceRig rig = new SourceRig(preferring).serving(api)) {
      rig.sync();
      rig.sync();

      assertThat(rig.server.count()).isEqualTo(4);
      assertThat(asked).containsExactly("permissions");
    }
  }

  @Test
  void an_expired_link_means_reading_everything() {
    try (SourceRig rig = new SourceRig(SOURCE).serving(api())) {
      rig.sync();
      pages.remove("d1");
      pages.put("p3", "{'value':[{'id':'e','title':'E'}],'delta':'@d9'}");
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(run.message()).contains("full resync");
      assertThat(rig.stored()).containsExactly("a", "b", "e");
    }
  }

  @Test
  void a_page_with_neither_link_is_an_error_and_never_the_end() {
    for (String flaw :
        List.of(
            "{'value':[]}",
            "{'value':[],'next':null,'delta':null}",
            "{'value':[],'delta':7}",
            "{'value':null,'delta':'@d1'}",
            "{'delta':'@d1'}")) {
      pages.put("p2", flaw);
      try (SourceRig rig = new SourceRig(SOURCE).serving(api())) {
        assertThatThrownBy(() -> rig.walk(Optional.empty()))
            .as(flaw)
            .isInstanceOf(MalformedReplyException.class);
        assertThat(rig.sync().state()).isEqualTo(Run.State.FAILED);
        assertThat(rig.stored()).containsExactly("a", "b");
      }
    }
  }

  @Test
  void a_circle_of_links_fails_the_run() {
    for (int length : new int[] {1, 2, 5, 17}) {
      for (int i = 0; i < length; i++) {
        pages.put("c" + i, "{'value':[],'next':'@c" + (i + 1) % length + "'}");
      }
      pages.put("p2", "{'value':[],'next':'@c0'}");
      try (SourceRig rig = new SourceRig(SOURCE).serving(api())) {
        Run run = rig.sync();

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("leads back to a cursor");
      }
    }
  }

  @Test
  void a_link_to_another_host_is_not_followed() {
    pages.put("p2", "{'value':[],'next':'https://elsewhere.example/delta?token=p3'}");
    try (SourceRig rig = new SourceRig(SOURCE).serving(api())) {
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(run.message()).contains("outside the connection's origin");
    }
  }

  @Test
  void tokens_go_into_parameters_of_the_first_call() {
    List<String> asked = new ArrayList<>();
    Source tokens =
        Source.delta(
            Delta.of(
                    at -> Call.get("/events").query("showDeleted", true),
                    "items",
                    "nextPageToken",
                    "nextSyncToken",
                    json -> json.has("deleted"))
                .expiredOn(410)
                .tokensIn("pageToken", "syncToken"));
    Map<String, String> answers = new HashMap<>();
    answers.put("-,-", "{'items':[{'id':'a','title':'T'}],'nextPageToken':'p 2'}");
    answers.put("-,p 2", "{'items':[{'id':'b','title':'T'}],'nextSyncToken':'s+1='}");
    answers.put("s+1=,-", "{'items':[{'id':'a','deleted':{}}],'nextPageToken':'p3'}");
    answers.put("s+1=,p3", "{'items':[{'id':'c','title':'T'}],'nextSyncToken':'s2'}");
    FakeApi api =
        request -> {
          String at =
              request.query("syncToken").orElse("-") + "," + request.query("pageToken").orElse("-");
          asked.add(at + " " + request.query("showDeleted").orElse("left out"));
          return Optional.of(
              answers.containsKey(at) ? PagingForm.json(answers.get(at)) : FakeReply.status(410));
        };
    try (SourceRig rig = new SourceRig(tokens).serving(api)) {
      rig.sync();
      rig.sync();
      assertThat(rig.stored()).containsExactly("b", "c");
      assertThat(asked).containsExactly("-,- true", "-,p 2 true", "s+1=,- true", "s+1=,p3 true");

      Run expired = rig.sync();
      assertThat(expired.message()).contains("full resync");
      assertThat(rig.stored()).containsExactly("a", "b");
    }
  }

  @Test
  void what_cannot_be_told_from_a_tombstone_fails_alone() {
    Source source =
        Source.delta(
            Delta.of(
                    at -> Call.get("/delta"),
                    "value",
                    "next",
                    "delta",
                    json -> json.findText("state").filter("gone"::equals).isPresent())
                .expiredOn(410));
    String odd =
        "{'value':[{'id':'a','state':7,'title':'A'},{'state':7},{'id':'b','title':'B'}],'delta':'@d1'}";
    pages.put("", odd);
    pages.put("d1", "{'value':[{'id':'a','title':'A'}],'delta':'@d2'}");
    try (SourceRig rig = new SourceRig(source).serving(api())) {
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(rig.stored()).containsExactly("b");
      assertThat(rig.failures()).hasSize(2).contains("a");
      assertThat(run.counts().failed()).isEqualTo(2);
      assertThat(run.counts().seen()).isEqualTo(3);

      pages.put("", odd.replace("{'state':7},", "").replace("7", "'here'"));
      rig.sync();
      assertThat(rig.stored()).containsExactly("a", "b");
      assertThat(rig.failures()).isEmpty();
    }
  }

  @Test
  void what_cannot_be_told_from_a_tombstone_and_is_hidden_goes() {
    Source source =
        Source.delta(
            Delta.of(
                    at -> Call.get("/delta"),
                    "value",
                    "next",
                    "delta",
                    json -> json.findText("state").filter("gone"::equals).isPresent())
                .expiredOn(410));
    Things guarded =
        new Things(source) {
          @Override
          public Visibility visibility(Item thing) {
            return Visibility.allow(thing, "private", false);
          }
        };
    pages.put("", "{'value':[{'id':'a','title':'A','private':false}],'delta':'@d1'}");
    pages.put("d1", "{'value':[{'id':'a','state':7,'title':'A','private':true}],'delta':'@d2'}");
    try (SourceRig rig = new SourceRig(guarded, Map.of()).serving(api())) {
      rig.sync();
      assertThat(rig.stored()).containsExactly("a");

      rig.sync();
      assertThat(rig.stored()).isEmpty();
    }
  }
}
