package dev.corpusync.memory;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs, failures, plans, and how far each scope got. */
final class MemoryJournal implements Journal, Checkpoints {
  private static final Comparator<Run> NEWEST_FIRST =
      Comparator.comparing(Run::started).thenComparing(Run::id, Storable.TEXT_ORDER).reversed();
  private static final Comparator<HeldDeletion> OLDEST_FIRST =
      Comparator.comparing(HeldDeletion::since)
          .thenComparing(HeldDeletion::plan, Storable.TEXT_ORDER);

  private final MemoryStore store;

  MemoryJournal(MemoryStore store) {
    this.store = store;
  }

  @Override
  public List<Run> runs(ConnectionKey key, int limit) {
    return store.ask(key, List.of(), in -> newestFirst(in).limit(limit).toList());
  }

  @Override
  public List<Run> runs(ConnectionKey key, Instant latest, int limit) {
    return store.ask(
        key,
        List.of(),
        in ->
            newestFirst(in)
                .filter(r -> !r.started().isAfter(Storable.time(latest)))
                .limit(limit)
                .toList());
  }

  private static Stream<Run> newestFirst(MemoryConnection in) {
    return in.runs.values().stream().sorted(NEWEST_FIRST);
  }

  @Override
  public List<FailedItem> failures(ConnectionKey key, int limit) {
    return store.ask(key, List.of(), in -> in.failures.values().stream().limit(limit).toList());
  }

  @Override
  public List<FailedItem> failures(ConnectionKey key, Scope scope, int limit) {
    Scope wanted = Storable.scope(scope);
    return store.ask(
        key,
        List.of(),
        in ->
            in.failures.values().stream()
                .filter(f -> f.scope().equals(wanted))
                .limit(limit)
                .toList());
  }

  @Override
  public List<UnreadPart> unreadParts(ConnectionKey key, int limit) {
    return store.ask(key, List.of(), in -> unread(in).limit(limit).toList());
  }

  @Override
  public List<UnreadPart> unreadParts(ConnectionKey key, Scope scope, int limit) {
    Scope wanted = Storable.scope(scope);
    return store.ask(
        key,
        List.of(),
        in ->
            unread(in)
                .filter(part -> part.scope().equals(wanted))
                .sorted(Comparator.comparing(UnreadPart::next))
                .limit(limit)
                .toList());
  }

  /** By item, then part. */
  private static Stream<UnreadPart> unread(MemoryConnection in) {
    return in.unread.values().stream().flatMap(parts -> parts.values().stream());
  }

  @Override
  public List<HeldDeletion> held(ConnectionKey key) {
    return store.ask(key, List.of(), in -> in.held().sorted(OLDEST_FIRST).toList());
  }

  @Override
  public Optional<HeldDeletion> held(ConnectionKey key, String plan) {
    return held(key, held -> held.plan().equals(Storable.text(plan)));
  }

  @Override
  public Optional<HeldDeletion> held(ConnectionKey key, Scope scope) {
    return held(key, held -> held.scope().equals(Storable.scope(scope)));
  }

  private Optional<HeldDeletion> held(ConnectionKey key, Predicate<HeldDeletion> wanted) {
    return store.ask(key, Optional.empty(), in -> in.held().filter(wanted).findFirst());
  }

  @Override
  public List<String> heldIds(ConnectionKey key, String plan, Optional<String> after, int limit) {
    return store.ask(
        key,
        List.of(),
        in -> {
          NavigableSet<String> ids = in.heldIds(Storable.text(plan));
          return after.map(id -> ids.tailSet(Storable.text(id), false)).orElse(ids).stream()
              .limit(limit)
              .toList();
        });
  }

  @Override
  public int purgeRunsBefore(ConnectionKey key, Instant before) {
    return store.ask(
        key,
        0,
        in -> {
          List<String> old =
              newestFirst(in)
                  .skip(1)
                  .filter(r -> r.ended().isPresent() && r.started().isBefore(Storable.time(before)))
                  .map(Run::id)
                  .toList();
          old.forEach(in.runs::remove);
          return old.size();
        });
  }

  @Override
  public Optional<Checkpoint> checkpoint(ConnectionKey key, Scope scope) {
    return store.ask(
        key, Optional.empty(), in -> Optional.ofNullable(in.checkpoint.get(Storable.scope(scope))));
  }

  @Override
  public List<long[]> seen(ConnectionKey key, Scope scope) {
    return store.ask(
        key,
        List.of(),
        in ->
            in.seen.getOrDefault(Storable.scope(scope), new TreeMap<>()).values().stream()
                .map(long[]::clone)
                .toList());
  }

  @Override
  public Map<String, EntityTag> entityTags(ConnectionKey key, Collection<String> calls) {
    return store.ask(
        key,
        Map.of(),
        in -> {
          Map<String, EntityTag> found = new LinkedHashMap<>();
          calls.forEach(
              call ->
                  Optional.ofNullable(in.entityTags.get(Storable.text(call)))
                      .ifPresent(v -> found.put(call, v)));
          return found;
        });
  }
}
