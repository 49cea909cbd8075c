package dev.corpusync.examples.fakes;

import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A world of records that are added, edited, deleted and veiled; what the API says of them is the
 * subclass's.
 */
abstract class TableWorld implements World {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> WORDS =
      List.of("printer", "login", "invoice", "report", "search", "export");
  private final Map<Integer, Row> rows = new TreeMap<>();
  private final Map<Integer, Row> deleted = new TreeMap<>();
  private final Random random;
  private final int pageSize;
  private Instant clock;
  private int nextId = 1;
  private int canaries;
  private long changes;

  /** One record; its change number grows with every change of the world. */
  static final class Row {
    final int id;
    String title;
    String text;
    Instant updated;
    long change;
    Optional<Veil> veil = Optional.empty();

    Row(int id, String title, String text, Instant updated, long change) {
      this.id = id;
      this.title = title;
      this.text = text;
      this.updated = updated;
      this.change = change;
    }
  }

  TableWorld(long seed, int records, Instant start) {
    random = new Random(seed);
    pageSize = Math.max(1, Math.min(100, records / 4));
    clock = start;
    for (int i = 0; i < records; i++) {
      add();
    }
    veil(Veil.PRIVATE);
    // What is read first was changed a while ago.
    pass(Duration.ofHours(1));
  }

  abstract Optional<FakeReply> answer(FakeRequest request);

  /** Whether the request carries what this API takes for a credential. */
  abstract boolean authorized(FakeRequest request);

  @Override
  public final FakeApi api() {
    return request -> {
      if (!authorized(request)) {
        return Optional.of(FakeReply.status(401));
      }
      return answer(request).map(reply -> reply.header("Date", http(clock)));
    };
  }

  @Override
  public Map<String, String> settings(URI server) {
    return Map.of("base_url", server.toString());
  }

  @Override
  public void add() {
    Instant now = tick();
    int id = nextId++;
    rows.put(
        id,
        new Row(
            id,
            "About the " + word() + " no. " + id,
            "The " + word() + " is broken.\n\nIt was fine before, ünïcode ✓.",
            now,
            ++changes));
  }

  @Override
  public void edit() {
    Row row = any();
    row.text = "Now the " + word() + " too, change " + (changes + 1) + ".\n\n" + row.text;
    touch(row);
  }

  @Override
  public void remove() {
    Row row = any();
    touch(row);
    rows.remove(row.id);
    deleted.put(row.id, row);
  }

  @Override
  public boolean veil(Veil how) {
    Row row = any();
    row.veil = Optional.of(how);
    row.title = "canary-title-" + ++canaries;
    row.text = "canary-text-" + canaries;
    touch(row);
    return true;
  }

  @Override
  public Set<String> canaries() {
    Set<String> words = new TreeSet<>();
    rows.values().stream()
        .filter(r -> r.veil.isPresent())
        .forEach(r -> words.addAll(List.of(r.title, r.text)));
    return words;
  }

  /** Time passes in which nothing is changed. */
  public final void pass(Duration by) {
    clock = clock.plus(by);
  }

  /** All that is at the source, by id. */
  final List<Row> rows() {
    return new ArrayList<>(rows.values());
  }

  /** What was deleted, by id. */
  final List<Row> tombstones() {
    return new ArrayList<>(deleted.values());
  }

  final Instant clock() {
    return clock;
  }

  final int pageSize() {
    return pageSize;
  }

  final long changes() {
    return changes;
  }

  /** Puts a field that says who may see the record, the way each veil asks for. */
  static void visibility(ObjectNode json, Row row, String field, String visible, String hidden) {
    if (row.veil.isEmpty()) {
      json.put(field, visible);
      return;
    }
    switch (row.veil.get()) {
      case PRIVATE -> json.put(field, hidden);
      case NULL -> json.putNull(field);
      case UNKNOWN -> json.put(field, visible.toUpperCase(java.util.Locale.ROOT));
      case MISSING -> json.remove(field);
    }
  }

  static String http(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private void touch(Row row) {
    row.updated = tick();
    row.change = ++changes;
  }

  private Row any() {
    List<Row> visible = rows.values().stream().filter(r -> r.veil.isEmpty()).toList();
    return visible.get(random.nextInt(visible.size()));
  }

  private Instant tick() {
    // Whole seconds, so that several changes share one.
    clock = clock.plusMillis(400);
    return clock.truncatedTo(ChronoUnit.SECONDS);
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
