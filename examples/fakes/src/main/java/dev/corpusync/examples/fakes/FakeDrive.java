package dev.corpusync.examples.fakes;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives out everything once, then what changed since a link, with tombstones. Links issued before
 * {@link #expireLinks()} answer 410.
 */
public final class FakeDrive extends TableWorld {
  private String base = "";
  private int epoch;

  public FakeDrive(long seed, int records) {
    super(seed, records, Instant.parse("2026-02-01T08:00:00Z"));
  }

  /** Forgets every link given out so far. */
  public void expireLinks() {
    epoch++;
  }

  @Override
  public Map<String, String> settings(URI server) {
    base = server.toString();
    return super.settings(server);
  }

  @Override
  public Set<Ref> visible() {
    return rows().stream()
        .filter(r -> r.veil.isEmpty())
        .map(r -> Kind.of("file").ref("f" + r.id))
        .collect(Collectors.toSet());
  }

  @Override
  boolean authorized(FakeRequest request) {
    return request.header("authorization").filter(h -> h.startsWith("Bearer ")).isPresent();
  }

  @Override
  Optional<FakeReply> answer(FakeRequest request) {
    if (!request.path().equals("/drive/delta")) {
      return Optional.empty();
    }
    if (request.query("epoch").filter(e -> !e.equals(Integer.toString(epoch))).isPresent()) {
      return Optional.of(FakeReply.json("{\"error\":\"resync required\"}").withStatus(410));
    }
    long since = request.query("since").map(Long::parseLong).orElse(0L);
    long after = request.query("after").map(Long::parseLong).orElse(since);
    boolean all = since == 0;
    List<Row> rest =
        Stream.concat(rows().stream(), all ? Stream.of() : tombstones().stream())
            .filter(r -> r.change > after)
            .sorted(Comparator.comparing((Row r) -> r.change))
            .toList();
    List<Row> page = rest.subList(0, Math.min(pageSize(), rest.size()));
    ObjectNode body = JSON.createObjectNode();
    ArrayNode value = body.putArray("value");
    Set<Integer> gone = tombstones().stream().map(r -> r.id).collect(Collectors.toSet());
    page.forEach(row -> value.add(gone.contains(row.id) ? tombstone(row) : file(row)));
    if (page.size() < rest.size()) {
      body.put("@odata.nextLink", link(since, page.get(page.size() - 1).change));
    } else {
      body.put("@odata.deltaLink", link(changes(), changes()));
    }
    return Optional.of(FakeReply.json(body.toString()));
  }

  private String link(long since, long after) {
    return base + "/drive/delta?epoch=" + epoch + "&since=" + since + "&after=" + after;
  }

  private static ObjectNode tombstone(Row row) {
    ObjectNode json = JSON.createObjectNode().put("id", "f" + row.id);
    json.putObject("deleted");
    return json;
  }

  private static ObjectNode file(Row row) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", "f" + row.id)
        .put("version", row.change)
        .put("name", row.title)
        .put("text", row.text)
        .put("type", "text")
        .put("web_url", "https://drive.example/files/" + row.id);
    json.putArray("permissions").addObject().put("email", "ada@acme.example");
    visibility(json, row, "status", "published", "draft");
    return json;
  }
}
