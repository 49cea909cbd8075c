package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Source;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listing of containers that was interrupted long ago (P6). */
class OldContainersTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "folders");
  private final VirtualTime time = new VirtualTime();
  private final Store store = MemoryStore.open();
  private final FakeServer server = FakeServer.serving(this::answer);

  /** Folders by change, in pages. */
  private static final class Folders implements ContainerStream {
    @Override
    public Kind kind() {
      return Kind.of("folder");
    }

    @Override
    public Source source() {
      return Source.listing(Tickets.listing("/folders"))
          .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
    }

    @Override
    public String id(Item folder) {
      return folder.id("id");
    }

    @Override
    public Visibility visibility(Item folder) {
      return Visibility.declared("a test");
    }

    @Override
    public Access access(Item folder) {
      return Access.wholeConnection("a test");
    }
  }

  private Optional<FakeReply> answer(FakeRequest request) {
    String page =
        request.query("cursor").isPresent()
            ? "{\"data\":[{\"id\":\"b\"}],\"next\":null}"
            : "{\"data\":[{\"id\":\"a\"}],\"next\":\"2\"}";
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now().atOffset(ZoneOffset.UTC));
    return Optional.of(FakeReply.json(page).header("Date", date));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  @Test
  void what_was_to_be_read_in_full_begins_anew_in_full() {
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(Bench.connector("folders", new Folders()))
            .apis(HttpClients.builder().time(time).random(new Random(1)).retries(1).build())
            .time(time)
            .random(new Random(3))
            .parallelism(1)
            .prefetch(false)
            .build()) {
      engine.connect(
          KEY,
          "folders",
          Map.of("base_url", server.url().toString()),
          () -> Secret.of("bench-t0ken"));
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      server.faulting(asked -> cursorOf(asked) ? Optional.of(Fault.status(503)) : Optional.empty());
      assertThat(engine.resync(KEY).state()).isEqualTo(Run.State.FAILED);
      server.heal();
      time.advance(Duration.ofHours(20));

      assertThat(asked(engine))
          .containsExactly("GET /folders -> 200", "GET /folders ?cursor -> 200");
      assertThat(asked(engine))
          .containsExactly("GET /folders ?since -> 200", "GET /folders ?since&cursor -> 200");
    }
  }

  private static boolean cursorOf(FakeRequest asked) {
    return asked.query("cursor").isPresent();
  }

  /** What a sync asks for. */
  private List<String> asked(Corpusync engine) {
    int before = server.count();
    assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
    return server.exchanges().subList(before, server.count()).stream()
        .map(Exchange::toString)
        .map(line -> line.replaceFirst("#\\d+ ", ""))
        .toList();
  }
}
