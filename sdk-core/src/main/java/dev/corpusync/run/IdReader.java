package dev.corpusync.run;

import dev.corpusync.extract.ByIds;
import dev.corpusync.store.Commit;
import java.util.List;

/**
 * Reads items by their ids: for a retry, for a request of the host, to confirm that they are
 * missing. What is returned is stored, what is gone is deleted, what is denied stays (P5).
 */
final class IdReader {
  private static final int SMALLEST_COMMIT = 20;
  private final ScopeContext scope;
  private final PageProcessor processor;
  private final ByIds byIds;

  IdReader(ScopeContext scope, PageProcessor processor, ByIds byIds) {
    this.scope = scope;
    this.processor = processor;
    this.byIds = byIds;
  }

  /**
   * Reads ids and commits what became of them, a batch at a time.
   *
   * @param ids of items of this scope
   */
  void read(List<String> ids) {
    int batch = Math.max(byIds.size(), SMALLEST_COMMIT);
    for (int from = 0; from < ids.size(); from += batch) {
      Commit.Builder work = scope.run().begin();
      read(ids.subList(from, Math.min(ids.size(), from + batch)), work);
      scope.run().commit(work);
    }
  }

  /** Reads ids and adds what became of them to a commit. */
  void read(List<String> ids, Commit.Builder into) {
    WatchedApi api = scope.run().watch();
    ByIds.Found found = byIds.fetch(api, scope.at(), ids.stream().map(scope::sourceId).toList());
    api.rethrow();
    into.count(PassReader.requests(api.requests()));
    processor.process(Received.of(found)).addTo(into);
  }
}
