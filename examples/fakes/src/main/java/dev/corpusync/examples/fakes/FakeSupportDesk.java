package dev.corpusync.examples.fakes;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A search by time of change that answers for 30 days at most, and with 400 for more. */
public final class FakeSupportDesk extends TableWorld {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Instant start;

  public FakeSupportDesk(long seed, int records) {
    this(seed, records, Instant.parse("2026-02-01T08:00:00Z"));
  }

  /** A desk whose first conversation is as old as that. */
  public FakeSupportDesk(long seed, int records, Instant start) {
    super(seed, records, start);
    this.start = start;
  }

  @Override
  public Map<String, String> settings(URI server) {
    return Map.of("base_url", server.toString(), "history_from", start.minus(LONGEST).toString());
  }

  @Override
  public Set<Ref> visible() {
    return rows().stream()
        .filter(r -> r.veil.isEmpty())
        .map(r -> Kind.of("conversation").ref("c-" + r.id))
        .collect(Collectors.toSet());
  }

  @Override
  boolean authorized(FakeRequest request) {
    return request.header("x-api-key").isPresent();
  }

  @Override
  Optional<FakeReply> answer(FakeRequest request) {
    if (!request.path().equals("/conversations/search")) {
      return Optional.empty();
    }
    Instant from = Instant.parse(request.query("updated_from").orElse("1970-01-01T00:00:00Z"));
    Instant to = Instant.parse(request.query("updated_to").orElse("2100-01-01T00:00:00Z"));
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      return Optional.of(
          FakeReply.json("{\"error\":\"the window is longer than 30 days\"}").withStatus(400));
    }
    int after = request.query("cursor").map(Integer::parseInt).orElse(0);
    List<Row> rest =
        rows().stream()
            .filter(r -> r.id > after && !r.updated.isBefore(from) && !r.updated.isAfter(to))
            .toList();
    List<Row> page = rest.subList(0, Math.min(pageSize(), rest.size()));
    ObjectNode body = JSON.createObjectNode();
    ArrayNode results = body.putArray("results");
    page.forEach(row -> results.add(conversation(row)));
    ObjectNode meta = body.putObject("meta");
    if (page.size() < rest.size()) {
      meta.put("next", Integer.toString(page.get(page.size() - 1).id));
    } else {
      meta.putNull("next");
    }
    return Optional.of(FakeReply.json(body.toString()));
  }

  private static ObjectNode conversation(Row row) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", "c-" + row.id)
        .put("subject", row.title)
        .put("text", row.text)
        .put("status", "open")
        .put("updated_at", row.updated.toString())
        .put("web_url", "https://support.example/conversations/" + row.id);
    visibility(json, row, "visibility", "public", "private");
    return json;
  }
}
