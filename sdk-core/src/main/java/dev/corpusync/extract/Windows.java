package dev.corpusync.extract;

import dev.corpusync.connection.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A search by time of change that accepts only windows up to a length. The engine searches from now
 * back to the floor, newest window first, all pages of each. A window with more results than the
 * API returns is split in two. Immutable.
 *
 * @since 0.1
 */
public final class Windows {
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private final Search search;
  private final String records;
  private final Paging paging;
  private final Duration longest;
  private final Setting<Instant> floor;
  private final Duration overlap;
  private final Optional<Cap> cap;

  /** Makes the call for one window. */
  @FunctionalInterface
  public interface Search {
    /**
     * Returns the call for what changed from one time to another, both included: the ends are also
     * those of the neighbouring windows, so that no edge is lost.
     */
    Call in(At at, Instant from, Instant to);
  }

  /** The most results of one search, and the path to their number in the reply. */
  record Cap(long results, String total) {}

  private Windows(
      Search search,
      String records,
      Paging paging,
      Duration longest,
      Setting<Instant> floor,
      Duration overlap,
      Optional<Cap> cap) {
    if (longest.compareTo(SHORTEST) < 0 || overlap.isNegative()) {
      throw new IllegalArgumentException(
          "a window must be at least two seconds long, an overlap not negative");
    }
    this.search = search;
    this.records = records;
    this.paging = paging;
    this.longest = longest;
    this.floor = floor;
    this.overlap = overlap;
    this.cap = cap;
  }

  /**
   * Describes a search.
   *
   * @param search the call for one window
   * @param records path to the array of records
   * @param paging how the pages of one window follow each other
   * @param longest the longest window that the API accepts, at least two seconds
   * @param floor how far a full pass goes back: a configured time, never "now minus something",
   *     which would make old records look deleted
   * @param overlap how much of the time before the watermark an incremental pass reads again
   */
  public static Windows of(
      Search search,
      String records,
      Paging paging,
      Duration longest,
      Setting<Instant> floor,
      Duration overlap) {
    return new Windows(search, records, paging, longest, floor, overlap, Optional.empty());
  }

  /**
   * Declares that the API returns only so many results of a search.
   *
   * @param total path to the number of all results
   */
  public Windows cappedAt(long results, String total) {
    return new Windows(
        search, records, paging, longest, floor, overlap, Optional.of(new Cap(results, total)));
  }

  /** The listing of one window. */
  Listing listing(Instant from, Instant to) {
    return Listing.of(at -> search.in(at, from, to), records, paging);
  }

  Duration longest() {
    return longest;
  }

  Setting<Instant> floor() {
    return floor;
  }

  Duration overlap() {
    return overlap;
  }

  Optional<Cap> cap() {
    return cap;
  }
}
