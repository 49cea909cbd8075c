package dev.corpusync.examples.fakes;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Replays recorded exchanges with the real API. Requests are matched by method and path, first
 * pages with any query. Links are rewritten to this server. A request that was not recorded is
 * answered with 404, except the one for the account.
 */
public final class RecordedGitHub {
  private static final String RECORDED_ORIGIN = "https://api.github.com";
  private static final Set<String> KEPT = Set.of("date", "etag", "link", "last-modified");
  private final Map<String, JsonNode> exchanges = new HashMap<>();
  private final List<String> titles = new ArrayList<>();
  private final Set<Ref> visible = new TreeSet<>();
  private final String repository;

  private RecordedGitHub(Path file, JsonNode recorded) {
    JsonNode container = repository(file, recorded);
    repository = container.path("full_name").asString();
    for (JsonNode exchange : recorded) {
      String path = exchange.path("path").asString();
      exchanges.putIfAbsent(key(exchange.path("method").asString(), path), exchange);
      if (path.split("\\?", 2)[0].endsWith("/issues")) {
        exchange.path("response").forEach(issue -> learn(container, issue));
      }
    }
  }

  /**
   * @throws IllegalArgumentException when the file is not a recording with a repository in it
   */
  public static RecordedGitHub of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new RecordedGitHub(file, GitHubApi.JSON.readTree(in));
    } catch (IOException | JacksonException e) {
      throw new IllegalArgumentException(
          "the recording " + file + " cannot be read: give a JSON array of exchanges", e);
    }
  }

  public FakeApi api() {
    return request ->
        recorded(request)
            .map(exchange -> reply(exchange, "http://" + request.header("host").orElse("")))
            .or(() -> account(request));
  }

  /** The connection settings, once a server serves the API. */
  public Map<String, String> settings(URI server) {
    return Map.of("base_url", server.toString(), "repositories", repository);
  }

  /** As owner/name. */
  public String repository() {
    return repository;
  }

  /** The issues that were recorded. */
  public Set<Ref> visible() {
    return Set.copyOf(visible);
  }

  public List<String> titles() {
    return List.copyOf(titles);
  }

  private static JsonNode repository(Path file, JsonNode recorded) {
    for (JsonNode exchange : recorded) {
      if (exchange.path("path").asString("").matches("/repos/[^/?]+/[^/?]+")) {
        return exchange.path("response");
      }
    }
    throw new IllegalArgumentException(
        "the recording " + file + " holds no answer to GET /repos/OWNER/NAME: record one");
  }

  private void learn(JsonNode container, JsonNode issue) {
    String id = container.path("id").asString() + "/" + issue.path("number").asString();
    visible.add(Kind.of("issue").ref(id));
    titles.add(issue.path("title").asString());
  }

  private static Optional<FakeReply> account(FakeRequest request) {
    return request.path().equals("/user")
        ? Optional.of(FakeReply.json("{\"id\":1,\"login\":\"recorder\"}"))
        : Optional.empty();
  }

  private Optional<JsonNode> recorded(FakeRequest request) {
    String query = request.query("page").map(page -> "?page=" + page).orElse("");
    return Optional.ofNullable(exchanges.get(key(request.method(), request.path() + query)));
  }

  /** Method, path and page number: the rest of a query is ignored. */
  private static String key(String method, String target) {
    String[] parts = target.split("\\?", 2);
    String page =
        Arrays.stream(parts.length > 1 ? parts[1].split("&") : new String[0])
            .filter(parameter -> parameter.startsWith("page="))
            .findFirst()
            .orElse("");
    return method.toUpperCase(Locale.ROOT) + " " + parts[0] + " " + page;
  }

  private static FakeReply reply(JsonNode exchange, String origin) {
    byte[] body = exchange.path("response").toString().getBytes(StandardCharsets.UTF_8);
    FakeReply reply =
        FakeReply.bytes(exchange.path("status").asInt(), "application/json; charset=utf-8", body);
    for (Map.Entry<String, JsonNode> header : exchange.path("headers").properties()) {
      if (KEPT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        String value = header.getValue().asString();
        reply = reply.header(header.getKey(), value.replace("<" + RECORDED_ORIGIN, "<" + origin));
      }
    }
    return reply;
  }
}
