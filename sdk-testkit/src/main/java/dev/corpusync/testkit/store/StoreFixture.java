package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Known;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Things to store and short ways to say so. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class StoreFixture {
  static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  static final ConnectionKey OTHER = new ConnectionKey("acme", "other");
  static final ConnectionKey RIVAL = new ConnectionKey("rival", "main");
  static final Kind PROJECT = Kind.of("project");
  static final Kind ISSUE = Kind.of("issue");
  static final Kind USER = Kind.of("user");
  static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
  static final Principal ANN = Principal.user("ann");
  static final Principal BOB = Principal.user("bob");
  static final String RUN = "run-1";
  static final int THREADS = 8;

  Store store;
  Fence fence;

  /** Opens a store that holds nothing. */
  protected abstract Store open();

  /**
   * Closes the store and opens the same data again; a store that cannot outlive its process gives
   * itself.
   */
  protected abstract Store reopen(Store before);

  /**
   * Opens the same data once more, as another process would. A store that lives in one process
   * gives itself.
   */
  protected Store beside(Store first) {
    return first;
  }

  @BeforeEach
  final void openStore() {
    store = open();
    fence = connect(KEY);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  static Connection connection(ConnectionKey key, String generation) {
    return new Connection(
        key,
        "tracker",
        generation,
        Settings.stored(Map.of("base_url", "https://example.org", "site", "é")));
  }

  /** Creates the connection and takes its lease. */
  final Fence connect(ConnectionKey key) {
    store.connections().create(connection(key, "g1"));
    return store.leases().tryAcquire(key, T0, T0.plusSeconds(60)).orElseThrow();
  }

  final Commit.Builder step() {
    return Commit.under(fence, RUN);
  }

  final Committed commit(Commit.Builder step) {
    return store.commit(step.build());
  }

  final void begin(String run) {
    commit(Commit.under(fence, run).record(run(run, T0)));
  }

  static Run run(String id, Instant started) {
    return new Run(
        KEY, id, Run.Trigger.SYNC, Run.State.RUNNING, started, Optional.empty(), Counts.ZERO, "");
  }

  static Access by(Principal... readers) {
    return Access.known(List.of(readers));
  }

  static Artifact artifact(Ref ref, Optional<Ref> parent, String content, Access access) {
    Parts parts =
        Parts.none()
            .with(
                Part.named("comments"),
                List.of(Payload.of("{\"id\":1}".getBytes(StandardCharsets.UTF_8))));
    byte[] payload = ("{\"v\":\"" + content + "\"}").getBytes(StandardCharsets.UTF_8);
    return Artifact.of(
        ref,
        parent,
        Revision.number(7),
        Payload.of(payload),
        parts,
        Visibility.declared("a test"),
        access);
  }

  static Document document(String title, String... chunks) {
    Document.Builder document = Document.titled(title);
    for (int i = 0; i + 1 < chunks.length; i += 2) {
      document.chunk(chunks[i], chunks[i + 1]);
    }
    return document
        .field(Field.keyword("state"), "open")
        .field(Field.number("size"), 3L)
        .field(Field.flag("hot"), true)
        .field(Field.instant("due"), T0.plusNanos(1))
        .fields(Field.keyword("label"), List.of("a", "b"))
        .build();
  }

  static Optional<ItemWrite.Event> event(Aspect aspect, String... changed) {
    return Optional.of(new ItemWrite.Event(EnumSet.of(aspect), Set.of(changed), Set.of()));
  }

  /** A thing with a document of one chunk. */
  static ItemWrite item(Ref ref, Optional<Ref> parent, Access access, String text, Ref... lookups) {
    Derived derived =
        new Derived(document("Title of " + ref.id(), "c1", text), 1, Set.of(lookups), Set.of());
    return new ItemWrite(
        artifact(ref, parent, text, access),
        Optional.of(derived),
        event(Aspect.CREATED, "c1"),
        false);
  }

  static ItemWrite issue(String id) {
    return item(ISSUE.ref(id), Optional.empty(), by(ANN), "text of " + id);
  }

  static ItemWrite container(String id, Access access, boolean accessChanged) {
    return container(id, Optional.empty(), access, accessChanged);
  }

  static ItemWrite container(
      String id, Optional<Ref> parent, Access access, boolean accessChanged) {
    return new ItemWrite(
        artifact(PROJECT.ref(id), parent, id, access),
        Optional.empty(),
        Optional.empty(),
        accessChanged);
  }

  static FailedItem failure(Scope scope, String id, int attempts, Instant at) {
    return new FailedItem(scope, id, true, "malformed", attempts, at, at);
  }

  final List<String> ids() {
    return ids(KEY);
  }

  final List<String> ids(ConnectionKey key) {
    return store.corpus().idsAfter(key, Scope.of(ISSUE), Optional.empty(), 1000);
  }

  final Artifact artifact(Ref ref) {
    return Objects.requireNonNull(store.corpus().artifacts(KEY, List.of(ref)).get(ref));
  }

  final Known known(Kind kind, String id) {
    return Objects.requireNonNull(store.corpus().known(KEY, kind, List.of(id)).get(id));
  }

  final StoredDocument document(Ref ref) {
    return Objects.requireNonNull(store.corpus().documents(KEY, List.of(ref)).get(ref));
  }

  final Set<String> readers(Ref ref) {
    return document(ref).readers().stream().map(Principal::toString).collect(Collectors.toSet());
  }

  final List<Outbox.Event> events() {
    return store.outbox().events(KEY, 0, 1000);
  }

  /** As {@code "issue:1 [DELETED]"}, in order. */
  final List<String> told() {
    return told(0);
  }

  final List<String> told(long after) {
    return store.outbox().events(KEY, after, 1000).stream()
        .map(e -> e.ref() + " " + EnumSet.copyOf(e.aspects()))
        .toList();
  }

  /** Work of one of several threads that start together. */
  interface Worker<T> {
    T work(int number) throws Exception;
  }

  static <T> List<T> together(Callable<T> work) throws InterruptedException, ExecutionException {
    return together(n -> work.call());
  }

  static <T> List<T> together(Worker<T> work) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Future<T>> all = new ArrayList<>();
      for (int n = 0; n < THREADS; n++) {
        int number = n;
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return work.work(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : all) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
