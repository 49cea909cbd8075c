package dev.corpusync.extract;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where a kind of thing is listed, and how its changes are learned: one answer, because for a delta
 * link or a windowed search both are the same thing. It compiles to an {@link Extractor}.
 */
public final class Source {
  /** What a pass after the first one does. */
  public enum Changes {
    /** Lists everything again; things that are missing were deleted. */
    RELISTED,
    /** Asks for what changed since the watermark; deletions show in a full pass only. */
    SINCE,
    /** Goes on from a mark that the source gave; deletions are told. */
    TOKEN
  }

  private final Extractor<?> extractor;
  private final Changes changes;

  private Source(Extractor<?> extractor, Changes changes) {
    this.extractor = extractor;
    this.changes = changes;
  }

  /** A listing; say next how its changes are learned. */
  public static Listed listing(Listing listing) {
    return new Listed(listing);
  }

  public static Source windows(Windows windows) {
    return new Source(new WindowExtractor(windows), Changes.SINCE);
  }

  public static Source delta(Delta delta) {
    return new Source(new DeltaExtractor(delta), Changes.TOKEN);
  }

  /**
   * Whatever does not fit the others. It replaces the listing only: id, visibility, access and
   * links stay the stream's answers.
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

  /** How the changes of a log are fetched; failures and hints can be fetched the same way. */
  public Optional<ByIds> byIds() {
    return extractor instanceof LogExtractor logged
        ? Optional.of(logged.log().byIds())
        : Optional.empty();
  }

  /** A listing without an answer yet to how its changes are learned. */
  public static final class Listed {
    private final Listing listing;

    private Listed(Listing listing) {
      this.listing = listing;
    }

    /** By listing everything again, at every sync. */
    public Source relisted() {
      return new Source(new ListingExtractor(listing, (call, t) -> call), Changes.RELISTED);
    }

    /**
     * By a filter on the time of change.
     *
     * @param overlap how much before the watermark is asked for again, for clocks and late commits
     *     of the source
     */
    public Source changedSince(Duration overlap, BiFunction<Call, Instant, Call> filter) {
      return new Source(
          new ListingExtractor(listing, (call, t) -> filter.apply(call, t.minus(overlap))),
          Changes.SINCE);
    }

    /** By a log that names what changed. */
    public Source logged(ChangeLog log) {
      return new Source(new LogExtractor(listing, log), Changes.SINCE);
    }
  }
}
