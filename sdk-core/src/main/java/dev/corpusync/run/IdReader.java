package dev.corpusync.run;

import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Pass;
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

  /**
   * Adds what was returned to what the listing under way has seen: it may have been made after its
   * page was read, and is not missing (P7). Under a number that no page has.
   */
  private Optional<Commit.Seen> seenBy(PageOutcome outcome) {
    if (outcome.listed().isEmpty()) {
      return Optional.empty();
    }
    long[] ids = Fingerprints.ofAll(outcome.listed());
    return scope
        .run()
        .store()
        .checkpoints()
        .checkpoint(scope.run().key(), scope.scope())
        .flatMap(Checkpoint::pass)
        .filter(pass -> pass.mode() == Pass.Mode.FULL && pass.pages() > 0)
        .map(pass -> Commit.Seen.of(scope.scope(), -1 - (int) (ids[0] >>> 34), ids));
  }

  private Optional<UnavailableException> read(List<String> ids, Commit.Builder into) {
    WatchedApi api = scope.run().watch();
    ByIds.Found found = byIds.fetch(api, scope.at(), ids.stream().map(scope::sourceId).toList());
    api.rethrow();
    into.count(PassReader.requests(api.requests()));
    PageOutcome outcome = processor.process(Received.of(found));
    outcome.addTo(into);
    seenBy(outcome).ifPresent(into::seen);
    return found.outage();
  }
}
