package dev.corpusync.memory;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Storable;
import dev.corpusync.store.UndeliveredChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What subscribers did not take, by subscriber and document. Called under the lock of the store.
 */
final class MemoryUndelivered {
  private static final Comparator<UndeliveredChange> ORDER =
      Comparator.comparing((UndeliveredChange u) -> u.notBefore().orElse(Instant.MAX))
          .thenComparing(u -> u.key().id(), Storable.TEXT_ORDER)
          .thenComparing(UndeliveredChange::ref, Storable.REF_ORDER);

  private final Map<Place, UndeliveredChange> kept = new HashMap<>();

  private record Place(String subscriber, ConnectionKey key, Ref ref) {
    static Place of(UndeliveredChange change) {
      return new Place(change.subscriber(), change.key(), change.ref());
    }

    boolean is(String tenant, String name) {
      return key.tenant().equals(Storable.text(tenant)) && subscriber.equals(Storable.text(name));
    }
  }

  void keep(UndeliveredChange change) {
    UndeliveredChange storable = storable(change);
    kept.put(Place.of(storable), storable);
  }

  void remove(UndeliveredChange change) {
    kept.remove(Place.of(storable(change)));
  }

  List<UndeliveredChange> of(String tenant, String subscriber, int limit) {
    return kept.entrySet().stream()
        .filter(e -> e.getKey().is(tenant, subscriber))
        .map(Map.Entry::getValue)
        .sorted(ORDER)
        .limit(limit)
        .toList();
  }

  void clear(String tenant, String subscriber) {
    kept.keySet().removeIf(place -> place.is(tenant, subscriber));
  }

  void erase(ConnectionKey key) {
    kept.keySet().removeIf(place -> place.key().equals(key));
  }

  private static UndeliveredChange storable(UndeliveredChange c) {
    Set<String> removed =
        c.removedChunks().stream().map(Storable::text).collect(Collectors.toSet());
    return UndeliveredChange.builder(
            Storable.text(c.subscriber()),
            Storable.key(c.key()),
            Storable.text(c.generation()),
            Storable.ref(c.ref()))
        .aspects(c.aspects())
        .removedChunks(removed)
        .reason(Storable.text(c.reason()))
        .attempts(c.attempts())
        .first(Storable.time(c.first()))
        .last(Storable.time(c.last()))
        .notBefore(c.notBefore().map(Storable::time))
        .build();
  }
}
