package dev.corpusync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {
  private static final List<String> COUNTS =
      List.of("seen", "stored", "unchanged", "hidden", "failed", "deleted", "events", "requests");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_killed_sync_resumes_and_each_person_sees_what_they_may() {
    // 0 also says that the worker ended with 137, and that at most two pages were read again.
    assertThat(demo("--json")).as(text(err)).isZero();
    JsonNode facts = JsonMapper.builder().build().readTree(text(out));
    assertThat(facts.path("documents").asInt()).isEqualTo(380);
    assertThat(names(facts)).containsExactly("killed", "resumed", "changes", "reconciled");
    int requests = facts.path("connecting").asInt();
    assertThat(requests).as("requests for the account").isEqualTo(1);
    for (JsonNode phase : facts.path("phases")) {
      COUNTS.forEach(count -> assertThat(phase.path(count).isIntegralNumber()).as(count).isTrue());
      assertThat(phase.path("seen").asInt())
          .isEqualTo(
              phase.path("stored").asInt()
                  + phase.path("unchanged").asInt()
                  + phase.path("hidden").asInt()
                  + phase.path("failed").asInt());
      requests += phase.path("requests").asInt();
    }
    assertThat(facts.path("requests").asInt()).isEqualTo(requests);
    JsonNode killed = facts.path("phases").get(0);
    JsonNode resumed = facts.path("phases").get(1);
    assertThat(killed.path("stored").asInt()).isBetween(1, 402);
    assertThat(killed.path("stored").asInt() + resumed.path("stored").asInt()).isEqualTo(403);
    assertThat(facts.path("phases").get(3).path("deleted").asInt()).isEqualTo(2);
    answers(facts);
  }

  @Test
  void it_has_the_same_result_on_postgresql_twice() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      // The second one finds what the first one left.
      for (int i = 0; i < 2; i++) {
        out.reset();
        assertThat(demo("--json", "--store", url)).as(text(err)).isZero();
        JsonNode facts = JsonMapper.builder().build().readTree(text(out));
        assertThat(facts.path("documents").asInt()).isEqualTo(380);
        assertThat(names(facts)).containsExactly("killed", "resumed", "changes", "reconciled");
        answers(facts);
      }
    }
  }

  private static void answers(JsonNode facts) {
    JsonNode ada = facts.path("answers").get(0);
    JsonNode ben = facts.path("answers").get(1);
    assertThat(ada.path("person").asString()).isEqualTo("ada");
    assertThat(ben.path("person").asString()).isEqualTo("ben");
    assertThat(ada.path("query")).isEqualTo(ben.path("query"));
    assertThat(urls(ben)).isNotEmpty().noneMatch(url -> url.contains("/vault/"));
    assertThat(urls(ada)).containsAll(urls(ben)).anyMatch(url -> url.contains("/vault/"));
    for (JsonNode hit : ada.path("hits")) {
      assertThat(hit.path("title").asString()).isNotBlank();
      assertThat(hit.path("excerpt").asString()).isNotBlank();
      assertThat(hit.path("url").asString()).startsWith("https://");
    }
  }

  @Test
  void a_recording_is_replayed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("recording.json"), recording(9));
    assertThat(demo("--json", "--replay", file.toString())).as(text(err)).isZero();
    JsonNode facts = JsonMapper.builder().build().readTree(text(out));
    assertThat(facts.path("documents").asInt()).isEqualTo(18);
    assertThat(names(facts)).containsExactly("killed", "resumed", "again");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "CORPUSYNC_RECORDINGS", matches = ".+")
  void the_recorded_606_issues_become_606_documents() {
    Path file = Path.of(System.getenv("CORPUSYNC_RECORDINGS"), "closed-issues-606.json");
    assertThat(demo("--json", "--replay", file.toString())).as(text(err)).isZero();
    assertThat(JsonMapper.builder().build().readTree(text(out)).path("documents").asInt())
        .isEqualTo(606);
  }

  @Test
  void help_lists_every_option() {
    assertThat(demo("--help")).isZero();
    assertThat(text(out)).contains("--auth", "--json", "--replay", "--store", "--help");
  }

  @Test
  void wrong_options_are_refused_with_a_reason() {
    assertThat(demo("--frob")).isEqualTo(2);
    assertThat(demo("--replay")).isEqualTo(2);
    assertThat(demo("--auth", "--store", "jdbc:postgresql:x")).isEqualTo(2);
    assertThat(demo("--replay", "no-such-file")).isEqualTo(2);
    assertThat(demo("--store", "jdbc:mysql://root:hunter2@db/x")).isEqualTo(2);
    assertThat(text(err)).contains("'--frob'", "needs a value", "no such file");
    assertThat(text(err)).doesNotContain("hunter2");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void a_file_without_a_recording_is_refused_with_a_reason(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("page.html"), "<!DOCTYPE html>");
    assertThat(demo("--replay", file.toString())).isEqualTo(1);
    assertThat(text(err)).contains("cannot be read");
  }

  private int demo(String... arguments) {
    return Demo.run(List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private static List<String> names(JsonNode facts) {
    return StreamSupport.stream(facts.path("phases").spliterator(), false)
        .map(phase -> phase.path("name").asString())
        .toList();
  }

  private static List<String> urls(JsonNode answer) {
    return StreamSupport.stream(answer.path("hits").spliterator(), false)
        .map(hit -> hit.path("url").asString())
        .toList();
  }

  /** Pages of two issues, as the real API would give them. */
  private static String recording(int pages) {
    List<String> exchanges = new ArrayList<>();
    exchanges.add(
        exchange(
            "/repos/acme/pot",
            "",
            "{'id':7,'name':'pot','full_name':'acme/pot','private':false,'owner':{'login':'acme'}}"));
    for (int page = 1; page <= pages; page++) {
      String link =
          page == pages
              ? ""
              : ",'Link':'<https://api.github.com/repositories/7/issues?state=all&page="
                  + (page + 1)
                  + ">; rel=\\'next\\''".replace("\\'", "\\\"");
      exchanges.add(
          exchange(
              page == 1
                  ? "/repos/acme/pot/issues?state=all"
                  : "/repositories/7/issues?state=all&page=" + page,
              link,
              "[" + issue(page * 2 - 1) + "," + issue(page * 2) + "]"));
    }
    return "[" + String.join(",", exchanges) + "]";
  }

  private static String exchange(String path, String headers, String response) {
    return ("{'method':'get','path':'"
            + path
            + "','status':200,'headers':{'Date':'Mon, 02 Mar 2026 09:00:00 GMT'"
            + headers
            + "},'response':"
            + response
            + "}")
        .replace('\'', '"');
  }

  private static String issue(int number) {
    return ("{'number':%d,'title':'Kettle %d','body':'It whistles.','state':'closed',"
            + "'user':{'login':'eve'},'labels':[],'comments':0,"
            + "'created_at':'2026-01-01T00:00:00Z','updated_at':'2026-01-01T00:00:00Z',"
            + "'html_url':'https://github.example/acme/pot/issues/%d'}")
        .formatted(number, number, number);
  }
}
