package dev.corpusync.examples.demo;

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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded exchanges with the real API, answered again: matched by method and path, first pages
 * whatever their query, links moved to our own origin, everything that was not recorded with 404.
 */
final class Replay implements Upstream {
  private static final String RECORDED_ORIGIN = "https://api.github.com";
  private static final Set<String> KEPT = Set.of("date", "etag", "link", "last-modified");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Map<String, JsonNode> exchanges = new HashMap<>();
  private final Set<Ref> visible = new TreeSet<>();
  private final String repository;
  private String question = "";

  private Replay(Path file, JsonNode recorded) {
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
  static Replay of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new Replay(file, JSON.readTree(in));
    } catch (IOException | JacksonException e) {
      throw new IllegalArgumentException(
          "the recording " + file + " cannot be read: give a JSON array of exchanges", e);
    }
  }

  @Override
  public FakeApi api() {
    return request ->
        recorded(request)
            .map(exchange -> reply(exchange, "http://" + request.header("host").orElse("")));
  }

  @Override
  public Map<String, String> settings(URI server) {
    return Map.of("base_url", server.toString(), "repositories", repository);
  }

  @Override
  public Set<Ref> visible() {
    return visible;
  }

  @Override
  public int repositories() {
    return 1;
  }

  @Override
  public String describe() {
    return "a recording of " + repository;
  }

  @Override
  public String question() {
    return question;
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
    if (question.isEmpty()) {
      question =
          Arrays.stream(issue.path("title").asString().split("[^\\p{L}]+"))
              .max(Comparator.comparingInt(String::length))
              .orElse("");
    }
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
