package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Storable;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;

/**
 * What a connection should hold, in the simplest form that there is, beside a store that should
 * hold it. Written from the SPI's sentences and not from any store.
 */
@NullUnmarked // reads maps whose keys it has just written
final class StoreModel {
  private static final int LEVELS = 8;
  final StoreFixture in;
  final ConnectionKey key;
  final TreeMap<Ref, Thing> things = new TreeMap<>(Storable.REF_ORDER);
  final List<String> events = new ArrayList<>();
  final TreeMap<String, Integer> failures = new TreeMap<>(Storable.TEXT_ORDER);
  final TreeMap<Integer, Long> seen = new TreeMap<>();
  final List<Fence> former = new ArrayList<>();
  Optional<Checkpoint> checkpoint = Optional.empty();
  Fence fence;
  Instant now = StoreFixture.T0;
  int generation;

  /** One thing as it was written last. */
  record Thing(
      Optional<Ref> parent, String text, Access access, Optional<Ref> lookup, boolean stale) {
    boolean inherits() {
      return access.mode() == Access.Mode.INHERITED;
    }

    Thing outdated() {
      return new Thing(parent, text, access, lookup, true);
    }
  }

  StoreModel(StoreFixture in, ConnectionKey key) {
    this.in = in;
    this.key = key;
    connect();
  }

  void connect() {
    in.store.connections().create(StoreFixture.connection(key, "g" + ++generation));
    fence = in.acquire(key, now, 60);
  }

  void disconnect() {
    in.store.connections().disconnect(key);
    former.add(fence);
    things.clear();
    events.clear();
    failures.clear();
    seen.clear();
    checkpoint = Optional.empty();
  }

  Commit.Builder step() {
    return Commit.under(fence, StoreFixture.RUN);
  }

  static boolean isDocument(Ref ref) {
    return ref.kind().equals(StoreFixture.ISSUE);
  }

  void tell(Ref ref, Aspect... aspects) {
    events.add(ref + " " + new TreeSet<>(List.of(aspects)));
  }

  /** The thing and all that is below it, in order. */
  Set<Ref> withAllBelow(Ref root) {
    Set<Ref> met = new LinkedHashSet<>(List.of(root));
    List<Ref> open = new ArrayList<>(met);
    while (!open.isEmpty()) {
      Ref at = open.remove(0);
      things.forEach(
          (ref, thing) -> {
            if (thing.parent().equals(Optional.of(at)) && met.add(ref)) {
              open.add(ref);
            }
          });
    }
    Set<Ref> sorted = new TreeSet<>(Storable.REF_ORDER);
    sorted.addAll(met);
    return sorted;
  }

  /** Documents whose readers come from the container, at most eight levels down. */
  Set<Ref> inheriting(Ref container) {
    Set<Ref> all = new TreeSet<>(Storable.REF_ORDER);
    inheriting(container, 1, all);
    all.removeIf(ref -> !isDocument(ref));
    return all;
  }

  private void inheriting(Ref container, int level, Set<Ref> all) {
    things.forEach(
        (ref, thing) -> {
          if (level <= LEVELS
              && thing.inherits()
              && thing.parent().equals(Optional.of(container))) {
            all.add(ref);
            inheriting(ref, level + 1, all);
          }
        });
  }

  private Set<Principal> readers(Ref ref, int level) {
    Thing thing = things.get(ref);
    if (thing == null || level > LEVELS || thing.access().mode() == Access.Mode.UNKNOWN) {
      return Set.of();
    }
    return thing.inherits()
        ? thing.parent().map(p -> readers(p, level + 1)).orElse(Set.of())
        : thing.access().readers();
  }

  /** Compares everything that can be read. */
  void check() {
    List<Ref> documents = things.keySet().stream().filter(StoreModel::isDocument).toList();
    assertThat(in.ids(key)).as("ids").isEqualTo(documents.stream().map(Ref::id).toList());
    Map<Ref, StoredDocument> stored = in.store.corpus().documents(key, documents);
    for (Ref ref : documents) {
      StoredDocument document = stored.get(ref);
      Thing thing = things.get(ref);
      assertThat(document).as("the document of %s", ref).isNotNull();
      assertThat(document.chunks()).as("chunks of %s", ref).hasSize(1);
      assertThat(document.chunks().get(0).text()).as("text of %s", ref).isEqualTo(thing.text());
      assertThat(document.parent()).as("parent of %s", ref).isEqualTo(thing.parent());
      assertThat(document.readers()).as("readers of %s", ref).isEqualTo(readers(ref, 0));
    }
    assertThat(
            in.store.corpus().stale(key, StoreFixture.ISSUE, 1, Optional.empty(), 1000).stream()
                .map(a -> a.ref()))
        .as("stale")
        .isEqualTo(documents.stream().filter(ref -> things.get(ref).stale()).toList());
    List<Outbox.Event> told = in.store.outbox().events(key, 0, 100_000);
    assertThat(told.stream().map(e -> e.ref() + " " + new TreeSet<>(e.aspects())))
        .as("events")
        .isEqualTo(events);
    assertThat(told).extracting(Outbox.Event::number).isSorted().doesNotHaveDuplicates();
    checkJournal();
  }

  private void checkJournal() {
    assertThat(in.store.checkpoints().checkpoint(key, StoreFixture.SCOPE))
        .as("progress")
        .isEqualTo(checkpoint);
    assertThat(in.store.checkpoints().seen(key, StoreFixture.SCOPE).stream().map(page -> page[0]))
        .as("seen pages")
        .isEqualTo(List.copyOf(seen.values()));
    TreeMap<String, Integer> attempts = new TreeMap<>(Storable.TEXT_ORDER);
    for (FailedItem item : in.store.journal().failures(key, StoreFixture.SCOPE, 1000)) {
      attempts.put(item.id(), item.attempts());
    }
    assertThat(attempts).as("attempts of failed items").isEqualTo(failures);
  }
}
