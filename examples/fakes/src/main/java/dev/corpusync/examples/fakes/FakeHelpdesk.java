package dev.corpusync.examples.fakes;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tickets by cursor and {@code updated_after}; {@code private} is true, false, missing, null or
 * something new.
 */
public final class FakeHelpdesk extends TableWorld {
  public FakeHelpdesk(long seed, int records) {
    super(seed, records, Instant.parse("2026-02-01T08:00:00Z"));
  }

  @Override
  public Set<Ref> visible() {
    return rows().stream()
        .filter(r -> r.veil.isEmpty())
        .map(r -> Kind.of("ticket").ref(Integer.toString(r.id)))
        .collect(Collectors.toSet());
  }

  @Override
  boolean authorized(FakeRequest request) {
    return request.header("authorization").filter(h -> h.startsWith("Bearer ")).isPresent();
  }

  @Override
  Optional<FakeReply> answer(FakeRequest request) {
    if (!request.path().equals("/tickets")) {
      return Optional.empty();
    }
    Optional<Instant> after = request.query("updated_after").map(Instant::parse);
    int from = request.query("cursor").map(Integer::parseInt).orElse(0);
    List<Row> rest =
        rows().stream()
            .filter(r -> r.id > from && (after.isEmpty() || !r.updated.isBefore(after.get())))
            .toList();
    List<Row> page = rest.subList(0, Math.min(pageSize(), rest.size()));
    ObjectNode body = JSON.createObjectNode();
    ArrayNode data = body.putArray("data");
    page.forEach(row -> data.add(ticket(row)));
    if (page.size() < rest.size()) {
      body.put("next_cursor", Integer.toString(page.get(page.size() - 1).id));
    } else {
      body.putNull("next_cursor");
    }
    return Optional.of(FakeReply.json(body.toString()));
  }

  private static ObjectNode ticket(Row row) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", row.id)
        .put("subject", row.title)
        .put("description", row.text)
        .put("updated_at", row.updated.toString())
        .put("private", false);
    row.veil.ifPresent(
        veil -> {
          switch (veil) {
            case PRIVATE -> json.put("private", true);
            case NULL -> json.putNull("private");
            case UNKNOWN -> json.put("private", "no");
            case MISSING -> json.remove("private");
          }
        });
    return json;
  }
}
