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
 * @param question a fingerprint of the settings that it was asked under: under others, what was
 *     read is the answer to another question
 */
public record Progress(
    Scope scope,
    Optional<Instant> watermark,
    Optional<StoredCursor> mark,
    boolean completed,
    Optional<Pass> pass,
    String suspects,
    String question) {
  /** One whose question does not matter. */
  public Progress(
      Scope scope,
      Optional<Instant> watermark,
      Optional<StoredCursor> mark,
      boolean completed,
      Optional<Pass> pass,
      String suspects) {
    this(scope, watermark, mark, completed, pass, suspects, "");
  }

  public static Progress none(Scope scope) {
    return new Progress(scope, Optional.empty(), Optional.empty(), false, Optional.empty(), "", "");
  }

  public Progress withPass(Pass next) {
    return new Progress(scope, watermark, mark, completed, Optional.of(next), suspects, question);
  }

  public Progress asking(String under) {
    return new Progress(scope, watermark, mark, completed, pass, suspects, under);
  }

  /** Forgets everything but the scope: the next pass is full. */
  public Progress expired() {
    return none(scope);
  }
}
