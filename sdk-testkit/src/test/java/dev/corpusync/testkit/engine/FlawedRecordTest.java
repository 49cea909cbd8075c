package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Exchanges.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One record that is not JSON in UTF-8 fails alone; a charset is read as it is declared (P10). */
class FlawedRecordTest {
  /** Latin-1, so that a test can write any byte. */
  private static FakeReply raw(String json) {
    return raw("application/json", json.replace('\'', '"'), StandardCharsets.ISO_8859_1);
  }

  private static FakeReply raw(String type, String json, Charset charset) {
    return FakeReply.bytes(200, type, json.getBytes(charset));
  }

  private static String page(String odd) {
    return "{'next':null,'data':[" + records("1") + "," + odd + "," + records("3") + "]}";
  }

  private String title(Exchanges api, String id) {
    return api.store.corpus().documentsAfter(Exchanges.KEY, Optional.empty(), 10).stream()
        .filter(d -> d.ref().id().equals(id))
        .findFirst()
        .orElseThrow()
        .title();
  }

  @Test
  void a_record_with_a_flaw_fails_alone_by_its_id() {
    List<String> flaws =
        List.of(
            "{'id':'2','title':'it\u0092s'}",
            "{'title':'\u00e9','id':'2'}",
            "{'id':'2','title':'a\u0001b'}",
            "{'id':'2','title':'a\nb'}",
            "{'id':'2','title':'\u00c3'}");
    for (String flaw : flaws) {
      try (Exchanges api = new Exchanges(new RawThings())) {
        Run run = api.get("/things", raw(page(flaw))).sync();
        assertThat(run.state()).as(flaw).isEqualTo(State.NEEDS_REVIEW);
        assertThat(api.stored()).as(flaw).containsExactly("1", "3");
        assertThat(api.failed()).as(flaw).containsExactly("2");
        api.things("/things", "1", "2", "3").sync();
        assertThat(api.stored()).containsExactly("1", "2", "3");
        assertThat(api.failed()).isEmpty();
      }
    }
  }

  @Test
  void a_record_of_which_nothing_can_be_read_fails_alone_and_proves_no_absence() {
    List<String> flaws =
        List.of(
            "{'id':'2\u0092','title':'x'}",
            "{'id':'2','title':'x','deep':" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            "{'id':'2','title':'x','deep':" + "{'a':".repeat(5_000) + "1" + "}".repeat(5_000) + "}",
            "{'id':'2','title':'x','n':" + "9".repeat(5_000) + "}",
            "{'id':'2','title':'x','n':01}",
            "{'id':'2',,'title':'x'}",
            "{'id':'2','title':NaN}");
    for (String flaw : flaws) {
      try (Exchanges api = new Exchanges(new RawThings())) {
        String what = flaw.substring(0, Math.min(60, flaw.length()));
        api.things("/things", "0", "1", "2", "3").sync();
        api.get("/things", raw(page(flaw)));
        Run run = api.engine.resync(Exchanges.KEY);
        assertThat(run.state()).as(what).isEqualTo(State.NEEDS_REVIEW);
        assertThat(api.stored()).as(what).containsExactly("0", "1", "2", "3");
        assertThat(api.failures()).as(what).singleElement().matches(f -> !f.isIdentified());
        api.things("/things", "1", "2", "3");
        assertThat(api.engine.resync(Exchanges.KEY).state()).isEqualTo(State.SUCCEEDED);
        assertThat(api.stored()).as(what).containsExactly("1", "2", "3");
        assertThat(api.failed()).isEmpty();
      }
    }
  }

  @Test
  void numbers_beyond_measure_are_numbers() {
    for (String number : List.of("1e999999999", "-1e999999999", "1e-999999999", "1E400")) {
      try (Exchanges api = new Exchanges(new RawThings())) {
        api.get("/things", raw(page("{'id':'2','title':'x','n':" + number + "}")));
        assertThat(api.sync().state()).as(number).isEqualTo(State.SUCCEEDED);
        assertThat(api.stored()).containsExactly("1", "2", "3");
      }
      try (Exchanges api = new Exchanges(new RawThings())) {
        api.get("/things", raw(page("{'id':" + number + ",'title':'x'}")));
        assertThat(api.sync().state()).as(number).isEqualTo(State.NEEDS_REVIEW);
        assertThat(api.stored()).containsExactly("1", "3");
      }
    }
  }

  @Test
  void a_page_whose_structure_cannot_be_read_fails_as_a_whole() {
    for (String broken :
        List.of(
            page("{'id':'2','title':'x'").replace("]}", "]"),
            page("{'id':'2','title':'x}"),
            page("2\u0092"),
            page("").replace(",,", ",,,"),
            "{'next':'\u0092','data':[" + records("1") + "]}")) {
      try (Exchanges api = new Exchanges(new RawThings())) {
        assertThat(api.get("/things", raw(broken)).sync().state())
            .as(broken)
            .isEqualTo(State.FAILED);
        assertThat(api.stored()).isEmpty();
      }
    }
  }

  @Test
  void a_flawed_tombstone_deletes_what_it_names_and_one_without_a_readable_id_fails() {
    Source delta =
        Source.delta(
            Delta.of(
                at -> Call.get("/delta"), "value", "next", "delta", json -> json.has("deleted")));
    try (Exchanges api = new Exchanges(new RawThings(delta))) {
      api.get("/delta", "{'value':[" + records("1", "2", "3") + "],'delta':'/delta?t=1'}").sync();
      api.get(
          "/delta?t=1",
          raw(
              "{'value':[{'id':'1','deleted':'b\u0092y'},{'id':'2\u0092','deleted':'x'}],'delta':'/delta?t=2'}"));
      assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(api.stored()).containsExactly("2", "3");
      assertThat(api.failures()).hasSize(1).noneMatch(f -> f.isIdentified());
    }
  }

  @Test
  void a_part_with_a_flawed_record_is_unknown() {
    try (Exchanges api = new Exchanges(new RawThings.Commented())) {
      api.things("/things", "1", "2").get("/things/2/comments", "{'next':null,'data':[]}");
      api.get("/things/1/comments", raw("{'next':null,'data':[{'text':'\u0092'}]}"));
      Run run = api.sync();
      assertThat(run.message()).contains("part 'comments'", "not UTF-8");
      assertThat(api.stored()).containsExactly("1", "2");
    }
  }

  @Test
  void a_charset_is_read_as_it_is_declared() {
    for (String charset :
        List.of(
            "iso-8859-1",
            "ISO-8859-15",
            "windows-1252",
            "utf-16",
            "UTF-16LE",
            "utf-16be",
            "utf-8",
            "utf8",
            "UTF-32",
            "Shift_JIS")) {
      String title = charset.equals("Shift_JIS") ? "日本" : "Zoë café";
      String json = "{\"next\":null,\"data\":[{\"id\":\"1\",\"title\":\"" + title + "\"}]}";
      for (String type :
          List.of(
              "application/json; charset=" + charset,
              "application/json;charset=\"" + charset + "\"",
              "application/vnd.api+json; profile=\"x\"; Charset=" + charset)) {
        try (Exchanges api = new Exchanges(new RawThings())) {
          api.get("/things", raw(type, json, Charset.forName(charset)));
          assertThat(api.sync().state()).as(type).isEqualTo(State.SUCCEEDED);
          assertThat(title(api, "1")).as(type).isEqualTo(title);
        }
      }
    }
  }

  @Test
  void a_charset_that_is_unknown_or_none_is_utf_8() {
    String json = "{\"next\":null,\"data\":[{\"id\":\"1\",\"title\":\"Zoë\"}]}";
    for (String charset : List.of("binary", "x-no-such", "", "'", "us-ascii", "utf-16", "§")) {
      try (Exchanges api = new Exchanges(new RawThings())) {
        api.get(
            "/things",
            raw(
                "application/json; charset=" + charset.replace("§", "%A7"),
                json,
                StandardCharsets.UTF_8));
        assertThat(api.sync().state()).as(charset).isEqualTo(State.SUCCEEDED);
        assertThat(title(api, "1")).as(charset).isEqualTo("Zoë");
      }
    }
  }
}
