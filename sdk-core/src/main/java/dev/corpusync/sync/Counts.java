package dev.corpusync.sync;

/**
 * What became of the records of a run. {@code seen = stored + unchanged + hidden + failed}; a
 * deletion is counted beside that.
 *
 * @param seen records that the API returned
 * @param stored new or changed
 * @param unchanged the same as before
 * @param hidden hidden or of unknown visibility
 * @param failed kept as failed, see {@link FailedItem}
 * @param deleted removed from the store: tombstones, prunes, what became hidden, and what was below
 *     them
 * @param events written to the change feed
 * @param requests sent to the API
 */
public record Counts(
    long seen,
    long stored,
    long unchanged,
    long hidden,
    long failed,
    long deleted,
    long events,
    long requests) {
  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  public Counts plus(Counts o) {
    return new Counts(
        seen + o.seen,
        stored + o.stored,
        unchanged + o.unchanged,
        hidden + o.hidden,
        failed + o.failed,
        deleted + o.deleted,
        events + o.events,
        requests + o.requests);
  }
}
