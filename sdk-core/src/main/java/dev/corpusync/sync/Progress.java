package dev.corpusync.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one scope got.
 *
 * @param watermark everything changed at the source before it is stored; absent until a full pass
 *     has succeeded
 * @param mark the delta or sync token to go on from
 * @param completed whether a full pass has ever succeeded
 * @param pass the walk under way
 * @param suspects how many things the last complete but unproven listing missed, for the second
 *     listing to agree with; a hash over their ids
 */
public record Progress(
    Scope scope,
    Optional<Instant> watermark,
    Optional<StoredCursor> mark,
    boolean completed,
    Optional<Pass> pass,
    String suspects) {
  public static Progress none(Scope scope) {
    return new Progress(scope, Optional.empty(), Optional.empty(), false, Optional.empty(), "");
  }

  public Progress withPass(Pass next) {
    return new Progress(scope, watermark, mark, completed, Optional.of(next), suspects);
  }

  /** Forgets everything but the scope: the next pass is full. */
  public Progress expired() {
    return none(scope);
  }
}
