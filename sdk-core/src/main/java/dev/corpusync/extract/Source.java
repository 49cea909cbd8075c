package dev.corpusync.extract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Where the records of a stream are read from, and how changes are found: by listing again, by time
 * of change, by a log, by a delta feed. Each form is an {@link Extractor}. Immutable.
 *
 * @since 0.1
 */
public final class Source {
  /** How a pass after the first one finds changes. Further ways may be added in a minor release. */
  public enum Changes {
    /** Lists everything again; records that are missing were deleted. */
    RELISTED,
    /** Reads what changed since the watermark; deletions show only in a full pass. */
    SINCE,
    /** Continues from a delta token; deletions are among the changes. */
    TOKEN
  }

  private final Extractor<?> extractor;
  private final Changes changes;

  private Source(Extractor<?> extractor, Changes changes) {
    this.extractor = extractor;
    this.changes = changes;
  }

  /** Starts from a listing; say next how changes are found. */
  public static Listed listing(Listing listing) {
    return new Listed(listing);
  }

  /**
   * Fetches one record for each value that the configuration names, with one call each. A value
   * that the API does not know or does not show to us (404, 403) is a failed item and spoils the
   * proof: it is not a deletion (P5).
   *
   * @param values reads the configured values
   * @param call the call for one of them; it may be {@linkplain Call#conditional() conditional}
   */
  public static Source each(Function<At, List<String>> values, BiFunction<At, String, Call> call) {
    return new Source(new ValuesExtractor(values, call), Changes.RELISTED);
  }

  /** Searches window by window, newest first. */
  public static Source windows(Windows windows) {
    return new Source(new WindowExtractor(windows), Changes.SINCE);
  }

  /** Follows a delta feed. */
  public static Source delta(Delta delta) {
    return new Source(new DeltaExtractor(delta), Changes.TOKEN);
  }

  /**
   * Uses an extractor of your own, for an API that fits none of the others. It replaces the listing
   * only: the stream still answers for id, visibility, access and links.
   */
  public static Source extractor(Extractor<?> own, Changes changes) {
    return new Source(own, changes);
  }

  public Extractor<?> extractor() {
    return extractor;
  }

  public Changes changes() {
    return changes;
  }

  /** How the records that a log names are fetched; failed items are fetched in the same way. */
  public Optional<ByIds> byIds() {
    return extractor instanceof LogExtractor logged
        ? Optional.of(logged.log().byIds())
        : Optional.empty();
  }

  /** A listing, before it is said how changes are found. */
  public static final class Listed {
    private final Listing listing;

    private Listed(Listing listing) {
      this.listing = listing;
    }

    /** Finds changes by listing everything again, at every sync. */
    public Source relisted() {
      return new Source(new ListingExtractor(listing, (call, t) -> call), Changes.RELISTED);
    }

    /**
     * Finds changes by a filter on the time of change.
     *
     * @param overlap how much of the time before the watermark is read again, because the source's
     *     clock differs or it shows changes late
     * @param filter adds to a call the time from which on changes are wanted
     */
    public Source changedSince(Duration overlap, BiFunction<Call, Instant, Call> filter) {
      return new Source(
          new ListingExtractor(listing, (call, t) -> filter.apply(call, t.minus(overlap))),
          Changes.SINCE);
    }

    /** Finds changes by a log that names the records. */
    public Source logged(ChangeLog log) {
      return new Source(new LogExtractor(listing, log), Changes.SINCE);
    }
  }
}
