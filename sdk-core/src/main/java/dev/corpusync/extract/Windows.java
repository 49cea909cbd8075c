package dev.corpusync.extract;

import dev.corpusync.connection.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A search by time of change that answers only for windows up to a length: walked by the engine
 * from now back to the floor, newest first, pages inside each window. A window with more results
 * than the API gives out is split in two.
 *
 * @param call the search within one window; both ends are also the ends of its neighbours, so that
 *     no edge is lost
 * @param max the longest window that the API accepts
 * @param floor how far a full pass goes back; a configured time, never "now minus something", or
 *     old things would vanish
 * @param overlap how much of the time before the watermark an incremental pass reads again
 * @param cap the most results that one search gives out, and the field with their number
 */
public record Windows(
    Search call,
    String records,
    Paging paging,
    Duration max,
    Setting<Instant> floor,
    Duration overlap,
    Optional<Cap> cap) {
  /** The call for one window. */
  @FunctionalInterface
  public interface Search {
    Call in(At at, Instant from, Instant to);
  }

  /** The API's result cap. */
  public record Cap(long results, String totalField) {}

  public Windows {
    if (max.compareTo(Duration.ofSeconds(2)) < 0 || overlap.isNegative()) {
      throw new IllegalArgumentException(
          "a window must be at least two seconds long, an overlap not negative");
    }
  }

  public static Windows of(
      Search call,
      String records,
      Paging paging,
      Duration max,
      Setting<Instant> floor,
      Duration overlap) {
    return new Windows(call, records, paging, max, floor, overlap, Optional.empty());
  }

  /** The same where the API gives out only so many results a search, whose number it tells. */
  public Windows cappedAt(long results, String totalField) {
    return new Windows(
        call, records, paging, max, floor, overlap, Optional.of(new Cap(results, totalField)));
  }
}
