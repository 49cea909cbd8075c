package dev.corpusync.testkit.store;

import dev.corpusync.store.Commit;
import dev.corpusync.store.Store;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores that do everything right in a way that nobody expects. */
final class Unusual {
  private Unusual() {}

  static Map<String, UnaryOperator<Store>> all() {
    Map<String, UnaryOperator<Store>> all = new LinkedHashMap<>();
    all.put("as it is", right -> right);
    all.put("answers with other collections", Unusual::otherCollections);
    all.put("asks everything twice", Unusual::asksTwice);
    all.put("writes an empty commit before each", Unusual::emptyCommits);
    all.put("leaves gaps between fences", Unusual::gaps);
    return all;
  }

  private static Store otherCollections(Store right) {
    return new Bent(right)
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
    return new Bent(right)
        .on(
            "Corpus|Checkpoints",
            call -> {
              call.proceed();
              return call.proceed();
            })
        .store();
  }

  private static Store emptyCommits(Store right) {
    return new Bent(right)
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
    return new Bent(right)
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
