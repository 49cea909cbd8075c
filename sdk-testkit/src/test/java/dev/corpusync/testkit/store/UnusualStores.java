package dev.corpusync.testkit.store;

import dev.corpusync.error.UnsupportedFeatureException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Feature;
import dev.corpusync.store.Store;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Stores that do everything right in a way that nobody expects. */
final class UnusualStores {
  private UnusualStores() {}

  static Map<String, UnaryOperator<Store>> all() {
    Map<String, UnaryOperator<Store>> all = new LinkedHashMap<>();
    all.put("as it is", right -> right);
    all.put("answers with other collections", UnusualStores::otherCollections);
    all.put("asks everything twice", UnusualStores::asksTwice);
    all.put("writes an empty commit before each", UnusualStores::emptyCommits);
    all.put("leaves gaps between fences", UnusualStores::gaps);
    all.put("has no entity tags and says so", right -> without(Set.of(Feature.ENTITY_TAGS), right));
    all.put(
        "keeps no waits and no plans and says so",
        right -> without(Set.of(Feature.RUN_WAITS, Feature.HELD_DELETIONS), right));
    return all;
  }

  /** A smaller store: it claims less, and refuses what it cannot keep. */
  static Store without(Set<Feature> features, Store right) {
    return new AlteredStore(right)
        .on(
            "Store.features",
            call -> {
              Set<Feature> left = new HashSet<>(call.right().features());
              left.removeAll(features);
              return left;
            })
        .on(
            "Store.commit",
            call -> {
              Commit commit = call.argument(0);
              if (!Collections.disjoint(commit.needs(), features)) {
                throw new UnsupportedFeatureException(
                    "commit", "smaller", commit.needs().stream().map(Feature::name).toList());
              }
              return call.proceed();
            })
        .store();
  }

  private static Store otherCollections(Store right) {
    return new AlteredStore(right)
        .on(
            "Corpus|Checkpoints|Journal|Outbox|Connections",
            call -> {
              Object answer = call.proceed();
              if (answer instanceof Map<?, ?> map) {
                Map<Object, Object> reversed = new HashMap<>();
                map.forEach(reversed::put);
                return Collections.unmodifiableMap(reversed);
              }
              return answer instanceof List<?> list
                  ? Collections.unmodifiableList(new LinkedList<>(list))
                  : answer;
            })
        .store();
  }

  private static Store asksTwice(Store right) {
    return new AlteredStore(right)
        .on(
            "Corpus|Checkpoints",
            call -> {
              call.proceed();
              return call.proceed();
            })
        .store();
  }

  private static Store emptyCommits(Store right) {
    return new AlteredStore(right)
        .on(
            "Store.commit",
            call -> {
              Commit commit = call.argument(0);
              call.right().commit(Commit.under(commit.fence(), commit.run()).build());
              return call.proceed();
            })
        .store();
  }

  /** Takes and frees the lease once more, so numbers grow by two. */
  private static Store gaps(Store right) {
    return new AlteredStore(right)
        .on(
            "Leases.tryAcquire",
            call -> {
              Optional<?> taken = (Optional<?>) call.proceed();
              if (taken.isEmpty()) {
                return taken;
              }
              call.right().leases().release((dev.corpusync.sync.Fence) taken.get());
              return call.proceed();
            })
        .store();
  }
}
