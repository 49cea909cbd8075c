package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A thing that moves from one container to another stays the same thing, whichever of the two is
 * read first (P7): what the old one says of it is no deletion.
 */
class MovedTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "drives");
  private static final Kind DRIVE = Kind.of("drive");
  private static final int MANY = 40;
  private final VirtualTime time = new VirtualTime();
  private final Store store = MemoryStore.open();
  private final Map<String, Set<String>> holding = new TreeMap<>();
  private final Map<String, Set<String>> told = new TreeMap<>();
  private final FakeServer server = FakeServer.serving(this::answer);

  /** Two drives. */
  private static final class Drives implements ContainerStream {
    @Override
    public Kind kind() {
      return DRIVE;
    }

    @Override
    public Source source() {
      return Source.listing(Tickets.listing("/drives")).relisted();
    }

    @Override
    public String id(Item drive) {
      return drive.id("id");
    }

    @Override
    public Visibility visibility(Item drive) {
      return Visibility.declared("a test");
    }

    @Override
    public Access access(Item drive) {
      return Access.wholeConnection("a test");
    }
  }

  /** Each drive tells what has come and gone since the last time. */
  private static final class Files implements PlainStream, Nested {
    @Override
    public Kind kind() {
      return Kind.of("file");
    }

    @Override
    public Kind parent() {
      return DRIVE;
    }

    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }

    @Override
    public Source source() {
      return Source.delta(
          Delta.of(
                  at -> Call.get("/drives/{}/delta", at.parent().id("id")),
                  "value",
                  "next",
                  "delta",
                  json -> json.has("deleted"))
              .expiredOn(410));
    }
  }

  /** What a drive holds, or, to who has its link, what has come and gone since. */
  private Optional<FakeReply> answer(FakeRequest request) {
    if (request.path().equals("/drives")) {
      return Optional.of(
          FakeReply.json("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":null}"));
    }
    String drive = request.path().split("/")[2];
    Set<String> files = holding.get(drive);
    Set<String> before = request.query("since").isPresent() ? told.get(drive) : Set.of();
    List<String> records = new ArrayList<>();
    files.stream()
        .filter(f -> !before.contains(f))
        .forEach(f -> records.add("{\"id\":\"" + f + "\"}"));
    before.stream()
        .filter(f -> !files.contains(f))
        .forEach(f -> records.add("{\"id\":\"" + f + "\",\"deleted\":{}}"));
    told.put(drive, new TreeSet<>(files));
    String link = server.url() + request.path() + "?since=1";
    return Optional.of(FakeReply.json("{\"value\":" + records + ",\"delta\":\"" + link + "\"}"));
  }

  private Corpusync engine() {
    Corpusync engine =
        Corpusync.builder(store)
            .connector(Bench.connector("drives", new Drives(), new Files()))
            .apis(HttpClients.builder().time(time).random(new Random(1)).retries(0).build())
            .time(time)
            .random(new Random(3))
            .parallelism(1)
            .build();
    engine.connect(
        KEY, "drives", Map.of("base_url", server.url().toString()), () -> Secret.of("bench-t0ken"));
    return engine;
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"a,b", "b,a"})
  void a_tombstone_of_the_place_that_it_left_deletes_nothing(String from, String to) {
    holding.put(from, new TreeSet<>(Set.of("moves", "stays", "goes")));
    holding.put(to, new TreeSet<>());
    try (Corpusync engine = engine()) {
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      holding.get(from).removeAll(Set.of("moves", "goes"));
      holding.get(to).add("moves");

      Run run = engine.sync(KEY);

      assertThat(run.state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(stored()).containsExactly("moves in " + to, "stays in " + from);
    }
  }

  @ParameterizedTest
  @CsvSource({"a,b", "b,a"})
  void a_deletion_that_was_held_spares_what_has_turned_up_elsewhere(String from, String to) {
    Set<String> files = new TreeSet<>();
    IntStream.range(0, MANY).forEach(i -> files.add("f" + i));
    holding.put(from, new TreeSet<>(files));
    holding.put(to, new TreeSet<>());
    try (Corpusync engine = engine()) {
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      holding.get(from).clear();
      engine.resync(KEY);
      List<HeldDeletion> plans = engine.heldDeletions(KEY);
      assertThat(plans).extracting(HeldDeletion::missing).containsExactly(MANY);
      holding.get(to).addAll(files);
      engine.sync(KEY);

      engine.approve(KEY, plans.get(0).plan());

      assertThat(stored()).hasSize(MANY).allMatch(file -> file.endsWith(" in " + to));
    }
  }

  private List<String> stored() {
    return store.corpus().documentsAfter(KEY, Optional.empty(), 1_000).stream()
        .map(d -> d.ref().id() + " in " + d.parent().orElseThrow().id())
        .sorted()
        .toList();
  }
}
