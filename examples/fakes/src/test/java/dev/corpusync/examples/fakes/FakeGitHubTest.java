package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.examples.github.GitHub;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.wire.JsonShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The fake GitHub behaves like the real one, and the connector sends no unnecessary request. */
class FakeGitHubTest {
  private static final String ISSUES = "/repos/acme/kettle/issues";
  private final FakeGitHub world = new FakeGitHub(7, 64);
  @TempDir Path folder;

  @Test
  void its_issues_have_the_shape_of_real_ones() {
    RecordedExchanges recording = RecordedExchanges.orSkip();
    Map<String, Set<String>> real = JsonShape.of(recording.issues());
    Map<String, Set<String>> fake = JsonShape.of(issues());

    assertThat(fake.keySet())
        .as("what the connector reads")
        .contains("number", "title", "body", "state", "comments", "html_url", "pull_request")
        .contains("created_at", "updated_at", "user/login", "labels[]/name");
    real.keySet().retainAll(fake.keySet());
    assertThat(fake).isEqualTo(real);
  }

  @Test
  void its_repositories_have_the_shape_of_real_ones() {
    RecordedExchanges recording = RecordedExchanges.orSkip();
    Map<String, Set<String>> real = JsonShape.of(List.of(recording.repository()));
    Map<String, Set<String>> fake =
        JsonShape.of(List.of(json(ask("/repos/acme/kettle", Map.of()))));

    assertThat(fake.keySet())
        .as("what the connector reads")
        .contains("id", "name", "full_name", "private", "owner/login");
    real.keySet().retainAll(fake.keySet());
    assertThat(fake).isEqualTo(real);
  }

  @Test
  void its_links_use_the_id_of_the_repository_and_keep_the_query() {
    String link = link(ask(ISSUES, Map.of("state", List.of("all"), "per_page", List.of("100"))));

    assertThat(link)
        .startsWith("<http://api.example/repositories/990101/issues?")
        .contains("state=all", "per_page=100", "page=2", "rel=\"next\"");
  }

  @Test
  void only_authenticated_requests_are_answered() {
    FakeRequest request = new FakeRequest(1, "GET", ISSUES, Map.of(), Map.of(), new byte[0]);
    assertThat(world.api().answer(request).orElseThrow().status()).isEqualTo(401);
  }

  @Test
  void an_idle_run_is_answered_with_304_and_one_empty_page_a_repository() {
    try (Rig rig = new Rig(new GitHub(), world.api(), world::settings, folder)) {
      rig.sync();
      rig.sync();
      int before = rig.server.count();
      rig.sync();

      Map<String, Integer> asked = new TreeMap<>();
      rig.server.exchanges().stream().skip(before).forEach(e -> asked.put(e.path(), e.status()));
      assertThat(asked)
          .isEqualTo(
              Map.of(
                  "/repos/acme/annex", 304,
                  "/repos/acme/annex/issues", 200,
                  "/repos/acme/drafts", 200,
                  "/repos/acme/kettle", 304,
                  "/repos/acme/kettle/issues", 200,
                  "/repos/acme/vault", 304,
                  "/repos/acme/vault/collaborators", 304,
                  "/repos/acme/vault/issues", 200,
                  "/user", 200));
      assertThat(rig.server.count() - before).isEqualTo(asked.size());
    }
  }

  @Test
  void issues_of_a_private_repository_that_is_not_listed_are_not_requested() {
    try (Rig rig = new Rig(new GitHub(), world.api(), world::settings, folder)) {
      rig.sync();
      rig.resync();

      assertThat(rig.server.exchanges())
          .extracting(Exchange::path)
          .contains("/repos/acme/drafts")
          .noneMatch(path -> path.startsWith("/repos/acme/drafts/") || path.contains("990103"));
    }
  }

  private List<JsonNode> issues() {
    List<JsonNode> all = new ArrayList<>();
    Set<Integer> numbers = new TreeSet<>();
    for (int page = 1; ; page++) {
      FakeReply reply =
          ask(ISSUES, Map.of("state", List.of("all"), "page", List.of(Integer.toString(page))));
      json(reply).forEach(all::add);
      if (link(reply).isEmpty()) {
        all.forEach(issue -> numbers.add(issue.get("number").intValue()));
        assertThat(numbers).hasSize(60);
        return all;
      }
    }
  }

  private FakeReply ask(String path, Map<String, List<String>> query) {
    Map<String, List<String>> headers =
        Map.of("authorization", List.of("Bearer t"), "host", List.of("api.example"));
    return world
        .api()
        .answer(new FakeRequest(1, "GET", path, query, headers, new byte[0]))
        .orElseThrow();
  }

  private static JsonNode json(FakeReply reply) {
    return GitHubApi.JSON.readTree(new String(reply.body(), StandardCharsets.UTF_8));
  }

  private static String link(FakeReply reply) {
    return reply.headers().stream()
        .filter(h -> h.getKey().equals("Link"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
