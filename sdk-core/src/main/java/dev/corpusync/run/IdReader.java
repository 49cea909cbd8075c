package dev.corpusync.run;

import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.store.Commit;
import java.util.List;
import java.util.Optional;

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
   * Reads ids and commits what became of them, a batch at a time. An id that cannot be read becomes
   * a failed item (P10).
   *
   * @param ids of items of this scope
   * @throws UnavailableException when the server fails; what was read until then is committed
   */
  void read(List<String> ids) {
    int batch = Math.max(byIds.size(), SMALLEST_COMMIT);
    for (int from = 0; from < ids.size(); from += batch) {
      Commit.Builder work = scope.run().begin();
      Optional<UnavailableException> outage =
          read(ids.subList(from, Math.min(ids.size(), from + batch)), work);
      scope.run().commit(work);
      if (outage.isPresent()) {
        throw outage.get();
      }
    }
  }

  private Optional<UnavailableException> read(List<String> ids, Commit.Builder into) {
    WatchedApi api = scope.run().watch();
    ByIds.Found found = byIds.fetch(api, scope.at(), ids.stream().map(scope::sourceId).toList());
    api.rethrow();
    into.count(PassReader.requests(api.requests()));
    processor.process(Received.of(found)).addTo(into);
    return found.outage();
  }
}
