package dev.corpusync.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * A walk of one scope under way, saved with each page.
 *
 * @param mode full or incremental
 * @param next where it goes on; empty before the first commit and once the listing has ended
 * @param candidate the watermark to promote if all goes well: the source's time of the first reply
 *     (P4)
 * @param deltaToken the token that the end of the listing gave
 * @param pages committed so far
 * @param proof the weakest so far
 * @param ended whether the listing has ended and only its conclusion is left
 * @param cycleTrail fingerprints of the cursors met, for finding a cycle after a resume
 */
public record Pass(
    Mode mode,
    Optional<StoredCursor> next,
    Optional<Instant> candidate,
    Optional<StoredCursor> deltaToken,
    int pages,
    Proof proof,
    boolean ended,
    String cycleTrail) {
  /** How much is read. */
  public enum Mode {
    FULL,
    INCREMENTAL
  }

  public static Pass begin(Mode mode) {
    return new Pass(
        mode, Optional.empty(), Optional.empty(), Optional.empty(), 0, Proof.SAID, false, "");
  }
}
