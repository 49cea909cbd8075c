package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.feed.Change;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.sqlite.SQLiteDataSource;

/** A wiki of one space, one folder and some pages, its raw answers, and engines on one store. */
abstract class WikiRig {
  static final ConnectionKey KEY = new ConnectionKey("acme", "wiki");
  final Wiki wiki = new Wiki();
  final VirtualTime time = new VirtualTime();
  final Map<String, FakeReply> answers = new TreeMap<>();
  final List<String> asked = new ArrayList<>();
  final Store store = openStore();
  final FakeServer server =
      FakeServer.serving(
          request -> {
            asked.add(request.path());
            return Optional.ofNullable(answers.get(request.path()))
                .map(reply -> reply.header("Date", "Sun, 01 Mar 2026 09:00:00 GMT"));
          });
  private Corpusync engine;
  private int engines;

  WikiRig() {
    list("/people", "{\"id\":\"ann\",\"name\":\"Ann\"}");
    list("/spaces", space("Space", "ada", "bob"));
    list("/spaces/s/folders", "{\"id\":\"f\",\"title\":\"Folder\"}");
    list("/folders/f/pages", page("1", "one", "ada", "bob"), page("2", "two", "ada", "bob"));
    for (String id : List.of("1", "2", "3")) {
      list("/pages/" + id + "/readers", "\"ada\"", "\"bob\"");
      list("/pages/" + id + "/comments", "\"first\"");
    }
    list("/spaces/s/members", "\"ada\"", "\"bob\"");
  }

  /** SQLite with {@code -Dcorpusync.test.store=sqlite}. */
  private static Store openStore() {
    if (!"sqlite".equals(System.getProperty("corpusync.test.store"))) {
      return MemoryStore.open();
    }
    try {
      Path file = Files.createTempFile("wiki", ".db");
      file.toFile().deleteOnExit();
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + file);
      return RelationalStore.open(source);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    if (engine != null) {
      engine.close();
    }
    server.close();
    store.close();
  }

  void list(String path, String... records) {
    answers.put(
        path, FakeReply.json("{\"data\":[" + String.join(",", records) + "],\"next\":null}"));
  }

  void status(String path, int status) {
    answers.put(path, FakeReply.status(status));
  }

  void share(String... readers) {
    list("/spaces", space("Space", readers));
  }

  static String space(String title, String... readers) {
    return "{\"id\":\"s\",\"title\":\"" + title + "\",\"readers\":" + names(readers) + "}";
  }

  static String page(String id, String text, String... readers) {
    return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\",\"readers\":" + names(readers) + "}";
  }

  static String names(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** An engine over what the wiki is by now: its versions are read when it is opened. */
  Corpusync engine() {
    if (engine != null) {
      engine.close();
    }
    engine =
        Corpusync.builder(store)
            .connector(wiki)
            .apis(HttpClients.builder().time(time).random(new Random(1)).retries(1).build())
            .time(time)
            .random(new Random(++engines))
            .parallelism(1)
            .build();
    engine.connect(KEY, "wiki", settings("staff"), () -> Secret.of("t0ken"));
    return engine;
  }

  Map<String, String> settings(String group) {
    return Map.of("base_url", server.url().toString(), "group", group, "other", "x");
  }

  /** Syncs with what the wiki is by now. */
  Run sync() {
    Run run = engine().sync(KEY);
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
    return run;
  }

  StoredDocument document(String id) {
    return store.corpus().documents(KEY, List.of(Wiki.PAGE.ref(id))).get(Wiki.PAGE.ref(id));
  }

  String text(String id) {
    return document(id).chunks().stream().map(c -> c.text()).collect(Collectors.joining("\n"));
  }

  /** Who may read a page, by name. */
  Set<String> readers(String id) {
    return document(id).readers().stream()
        .map(Principal::toString)
        .map(name -> name.substring(name.lastIndexOf(':') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> pages() {
    return store.corpus().documentsAfter(KEY, Optional.empty(), 100).stream()
        .map(StoredDocument::ref)
        .map(Ref::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a subscriber is told of each page since it was asked last. */
  Map<String, Set<Aspect>> told() {
    Map<String, Set<Aspect>> told = new TreeMap<>();
    engine
        .changes("acme", "index")
        .deliver(
            change -> {
              if (change instanceof Change.Stored stored) {
                told.put(stored.document().ref().id(), new TreeSet<>(stored.aspects()));
              }
            });
    return told;
  }
}
