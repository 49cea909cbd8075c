package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Dependency;
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
import dev.corpusync.store.Answer;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Derived;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Feature;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.PartRead;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import dev.corpusync.testkit.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
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
  static final Ref ONE = ISSUE.ref("1");
  static final Scope SCOPE = Scope.of(ISSUE, PROJECT.ref("p"));
  static final int THREADS = 8;
  static final Profile PROFILE = Profile.current();

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
    // absent where opening it was what failed
    if (store != null) {
      store.close();
    }
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
    return acquire(key, T0, 60);
  }

  /** Takes a lease that is free. */
  final Fence acquire(ConnectionKey key, Instant now, int seconds) {
    Optional<Fence> taken = store.leases().tryAcquire(key, now, now.plusSeconds(seconds));
    assertThat(taken).as("the lease of %s, which is free at %s", key, now).isPresent();
    return taken.orElseThrow();
  }

  final Commit.Builder step() {
    return Commit.under(fence, RUN);
  }

  /** Commits a step; skips the check when that needs a feature that the store does not claim. */
  final CommitResult commit(Commit.Builder step) {
    Commit commit = step.build();
    requireFeatures(commit.needs());
    return store.commit(commit);
  }

  /** Skips the check when the store does not claim these features. */
  final void requireFeatures(Set<Feature> needed) {
    Assumptions.assumeTrue(
        store.features().containsAll(needed), () -> "the store does not claim all of " + needed);
  }

  final void begin(String run) {
    commit(Commit.under(fence, run).record(run(run, T0)));
  }

  static Run run(String id, Instant started) {
    return Run.begun(KEY, id, Run.Trigger.SYNC, started);
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
    return Optional.of(ItemWrite.Event.of(EnumSet.of(aspect)).withChangedChunks(Set.of(changed)));
  }

  /** A thing with a document of one chunk. */
  static ItemWrite item(Ref ref, Optional<Ref> parent, Access access, String text, Ref... lookups) {
    Derived derived =
        new Derived(document("Title of " + ref.id(), "c1", text), 1, Set.of(lookups), Set.of());
    return ItemWrite.of(artifact(ref, parent, text, access))
        .withDerived(Optional.of(derived))
        .withEvent(event(Aspect.CREATED, "c1"));
  }

  static ItemWrite issue(String id) {
    return item(ISSUE.ref(id), Optional.empty(), by(ANN), "text of " + id);
  }

  static ItemWrite container(String id, Access access, boolean accessChanged) {
    return container(id, Optional.empty(), access, accessChanged);
  }

  static ItemWrite container(
      String id, Optional<Ref> parent, Access access, boolean accessChanged) {
    return ItemWrite.of(artifact(PROJECT.ref(id), parent, id, access))
        .withAccessChanged(accessChanged);
  }

  /** Something of everything that a commit can hold. */
  final Commit.Builder everything() {
    return step()
        .record(run(RUN, T0))
        .count(Counts.builder().seen(1).stored(1).requests(1).build())
        .item(container("p", by(ANN), false))
        .item(item(ONE, SCOPE.partition(), by(ANN), "text", USER.ref("u"), ISSUE.ref("u")))
        .checkpoint(Checkpoint.none(SCOPE))
        .seen(Commit.Seen.of(SCOPE, 0, new long[] {1}))
        .failed(failure(SCOPE, "2", 1, T0))
        .entityTag(new EntityTag("call", "tag", ONE))
        .held(HeldDeletion.builder("plan", SCOPE).total(2).since(T0).build())
        .scopeDependency(dependency(Dependency.record(PROJECT.ref("p"))))
        .unread(unread(ONE, "comments", 1))
        .heldIds("plan", List.of("1"));
  }

  /** Undoes whatever {@link #everything} does. */
  final Commit.Builder undoing() {
    return step()
        .delete(ONE)
        .delete(PROJECT.ref("p"))
        .changed(Dependency.record(USER.ref("u")))
        .resolved(SCOPE, "2")
        .released("plan", List.of("1"))
        .read(new PartRead(ONE, "comments"))
        .decided("plan")
        .clearSeen(SCOPE);
  }

  /** What the issues of the project are made of. */
  static ScopeDependency dependency(Dependency on) {
    return new ScopeDependency(on.isSetting() ? Scope.of(ISSUE) : SCOPE, Answer.ACCESS, on);
  }

  static UnreadPart unread(Ref item, String part, int minutes) {
    return UnreadPart.builder(SCOPE, item, part)
        .reason("denied")
        .first(T0.plusSeconds(1))
        .last(T0.plusSeconds(minutes))
        .next(T0.plusSeconds(60L * minutes))
        .build();
  }

  static FailedItem failure(Scope scope, String id, int attempts, Instant at) {
    return FailedItem.builder(scope, id)
        .reason("malformed")
        .attempts(attempts)
        .first(at)
        .last(at)
        .build();
  }

  final List<String> ids() {
    return ids(KEY);
  }

  final List<String> ids(ConnectionKey key) {
    return store.corpus().idsAfter(key, Scope.of(ISSUE), Optional.empty(), 1000);
  }

  final Artifact artifact(Ref ref) {
    return stored("artifact", store.corpus().artifacts(KEY, List.of(ref)), ref);
  }

  final ItemState state(Kind kind, String id) {
    return stored("what is known", store.corpus().states(KEY, kind, List.of(id)), id);
  }

  final StoredDocument document(Ref ref) {
    return stored("document", store.corpus().documents(KEY, List.of(ref)), ref);
  }

  private static <K, V> V stored(String what, Map<K, V> answer, K key) {
    assertThat(answer).as("the %s of %s", what, key).containsKey(key);
    return answer.get(key);
  }

  /** One of a list, which has to be that long. */
  static <T> T nth(List<T> list, int n) {
    assertThat(list).hasSizeGreaterThan(n);
    return list.get(n);
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
}
