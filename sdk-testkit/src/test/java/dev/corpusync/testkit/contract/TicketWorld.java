package dev.corpusync.testkit.contract;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ticket tracker: cursor paging, changes by time, one field for visibility. The reference world
 * of the testkit's own tests.
 */
final class TicketWorld implements World {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST_PAGE = 100;
  private final Map<Integer, Ticket> tickets = new TreeMap<>();
  private final Random random;
  private final int pageSize;
  private Instant clock = Instant.parse("2026-03-01T08:00:00Z");
  private int nextId = 1;
  private int veiled;

  private static final class Ticket {
    final int id;
    String subject = "";
    String text = "";
    Instant updated;
    boolean visible = true;
    Veil veil = Veil.PRIVATE;

    Ticket(int id, Instant updated) {
      this.id = id;
      this.updated = updated;
    }
  }

  TicketWorld(long seed, int records) {
    random = new Random(seed);
    pageSize = Math.max(1, Math.min(LARGEST_PAGE, records / 4));
    for (int i = 0; i < records; i++) {
      add();
    }
    veil(Veil.PRIVATE);
    veil(Veil.MISSING);
    // What is read now was changed a while ago.
    clock = clock.plus(Duration.ofHours(1));
  }

  @Override
  public Map<String, String> settings(URI server) {
    return Map.of("base_url", server.toString());
  }

  @Override
  public Set<Ref> visible() {
    Set<Ref> refs = new TreeSet<>();
    tickets.values().stream()
        .filter(t -> t.visible)
        .forEach(t -> refs.add(Kind.of("ticket").ref("T-" + t.id)));
    return refs;
  }

  @Override
  public void add() {
    Ticket ticket = new Ticket(nextId++, tick());
    ticket.subject = "Ticket " + ticket.id + " about " + word();
    ticket.text =
        "The " + word() + " is broken.\n\nIt was fine at " + ticket.updated + ", ünïcode ✓.";
    tickets.put(ticket.id, ticket);
  }

  @Override
  public void edit() {
    Ticket ticket = any();
    ticket.text = "Now the " + word() + " too, since " + tick() + ".\n\n" + ticket.text;
    ticket.updated = clock;
  }

  @Override
  public void remove() {
    Ticket ticket = any();
    tickets.remove(ticket.id);
    tick();
  }

  @Override
  public boolean veil(Veil how) {
    Ticket ticket = any();
    ticket.visible = false;
    ticket.veil = how;
    ticket.subject = "canary-subject-" + ++veiled;
    ticket.text = "canary-text-" + veiled;
    ticket.updated = tick();
    return true;
  }

  @Override
  public Set<String> canaries() {
    Set<String> words = new TreeSet<>();
    tickets.values().stream()
        .filter(t -> !t.visible)
        .forEach(t -> words.addAll(List.of(t.subject, t.text)));
    return words;
  }

  @Override
  public FakeApi api() {
    return this::answer;
  }

  private synchronized Optional<FakeReply> answer(FakeRequest request) {
    if (request.header("authorization").filter(h -> h.equals("Bearer " + Trial.TOKEN)).isEmpty()) {
      return Optional.of(FakeReply.status(401));
    }
    return request.path().equals("/tickets")
        ? Optional.of(page(request).header("Date", http(clock)))
        : Optional.empty();
  }

  private FakeReply page(FakeRequest request) {
    Optional<Instant> after = request.query("updated_after").map(Instant::parse);
    List<Ticket> matching =
        new ArrayList<>(
            tickets.values().stream()
                .filter(t -> after.isEmpty() || !t.updated.isBefore(after.get()))
                .toList());
    matching.sort(Comparator.comparing((Ticket t) -> t.id));
    int from = request.query("cursor").map(c -> Integer.parseInt(c.substring(1))).orElse(0);
    List<Ticket> rest = matching.stream().filter(t -> t.id > from).toList();
    List<Ticket> page = rest.subList(0, Math.min(pageSize, rest.size()));
    ObjectNode body = JSON.createObjectNode();
    ArrayNode data = body.putArray("data");
    page.forEach(t -> data.add(json(t)));
    if (rest.size() > page.size()) {
      body.put("next", "+" + page.get(page.size() - 1).id);
    } else {
      body.putNull("next");
    }
    return FakeReply.json(body.toString());
  }

  private static ObjectNode json(Ticket ticket) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", "T-" + ticket.id)
        .put("subject", ticket.subject)
        .put("text", ticket.text)
        .put("updated_at", ticket.updated.toString());
    if (ticket.visible) {
      return node.put("visibility", "public");
    }
    return switch (ticket.veil) {
      case PRIVATE -> node.put("visibility", "private");
      case NULL -> node.putNull("visibility");
      case UNKNOWN -> node.put("visibility", "Public");
      case MISSING -> node;
    };
  }

  private Ticket any() {
    List<Ticket> visible = tickets.values().stream().filter(t -> t.visible).toList();
    return visible.get(random.nextInt(visible.size()));
  }

  private Instant tick() {
    // Whole seconds, so that several changes share one.
    clock = clock.plusMillis(400);
    return clock.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  private String word() {
    return List.of("printer", "login", "invoice", "report", "search", "export")
        .get(random.nextInt(6));
  }

  static String http(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
