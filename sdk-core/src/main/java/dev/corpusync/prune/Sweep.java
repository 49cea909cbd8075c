package dev.corpusync.prune;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Hash;
import dev.corpusync.store.Corpus;
import dev.corpusync.sync.Scope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds the orphans of one scope: items that are stored and were not in a whole listing (P7). Mark
 * and sweep over the ids of the scope, a page of them at a time; it reads the store and writes
 * nothing. Used by the engine once a listing has ended; not for use by two threads.
 *
 * @since 0.1
 */
public final class Sweep {
  /** How many orphans go into one batch, and so into one commit. */
  static final int BATCH = 500;

  private static final int PAGE = 1_000;
  private final Corpus corpus;
  private final ConnectionKey key;
  private final Scope scope;
  private final Fingerprints seen;
  private final Runnable betweenPages;

  /**
   * @param seen the ids that the listing held
   * @param betweenPages called after each full page of stored ids; what it throws ends the sweep
   */
  public Sweep(
      Corpus corpus, ConnectionKey key, Scope scope, Fingerprints seen, Runnable betweenPages) {
    this.corpus = corpus;
    this.key = key;
    this.scope = scope;
    this.seen = seen;
    this.betweenPages = betweenPages;
  }

  /** Visits the id of each orphan, in the order of the store. */
  public void eachOrphan(Consumer<String> visitor) {
    eachPage(ids -> ids.stream().filter(id -> !seen.contains(id)).forEach(visitor));
  }

  private void eachPage(Consumer<List<String>> visitor) {
    Optional<String> after = Optional.empty();
    while (true) {
      List<String> ids = corpus.idsAfter(key, scope, after, PAGE);
      visitor.accept(ids);
      if (ids.size() < PAGE) {
        return;
      }
      after = Optional.of(ids.get(ids.size() - 1));
      betweenPages.run();
    }
  }

  /** Counts documents. */
  @FunctionalInterface
  public interface DocumentCount {
    /** Returns how many documents these items of the scope are, with everything below them. */
    int of(List<String> ids);
  }

  /** Weighs the orphans against what the scope holds. */
  public Loss loss(DocumentCount documents) {
    int[] counts = {0, 0, 0, 0};
    MessageDigest all = Hash.sha256();
    // Counted, and never kept as a list: there may be a million.
    eachPage(
        ids -> {
          List<String> orphans = ids.stream().filter(id -> !seen.contains(id)).toList();
          counts[0] += orphans.size();
          counts[1] += ids.size();
          counts[2] += orphans.isEmpty() ? 0 : documents.of(orphans);
          counts[3] += documents.of(ids);
          orphans.forEach(
              id -> all.update(ByteBuffer.allocate(Long.BYTES).putLong(0, Fingerprints.of(id))));
        });
    String plan =
        Hash.of(
                List.of(
                    scope.stream().name(),
                    scope.partitionKey(),
                    HexFormat.of().formatHex(all.digest())))
            .substring(0, 12);
    return new Loss(plan, counts[0], counts[1], counts[2], counts[3]);
  }

  /** Hands out all orphans, at most 500 at a time. */
  public void eachBatch(Consumer<List<String>> batch) {
    prune(Evidence.LISTING, "", batch);
  }

  /**
   * Hands out the orphans that may be deleted, or asked for by id, in batches. Returns the other
   * ones as the text that the next listing gives as {@code suspects}.
   *
   * @param suspects what the sweep after the listing before returned
   * @param batch receives at most 500 ids at a time and may delete them
   */
  public String prune(Evidence evidence, String suspects, Consumer<List<String>> batch) {
    Fingerprints missingBefore = Fingerprints.decode(suspects);
    TreeSet<String> suspected = new TreeSet<>();
    List<String> ids = new ArrayList<>();
    eachOrphan(
        id -> {
          if (evidence == Evidence.SECOND_LISTING && !missingBefore.contains(id)) {
            suspected.add(id);
            return;
          }
          ids.add(id);
          if (ids.size() == BATCH) {
            batch.accept(List.copyOf(ids));
            ids.clear();
          }
        });
    if (!ids.isEmpty()) {
      batch.accept(List.copyOf(ids));
    }
    return Fingerprints.encode(suspected);
  }
}
