package dev.corpusync.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one scope got.
 *
 * @param watermark everything changed at the source before it is stored; absent until a full pass
 *     has succeeded
 * @param deltaToken the delta or sync token to go on from
 * @param completed whether a full pass has ever succeeded
 * @param pass the walk under way
 * @param suspects how many things the last complete but unproven listing missed, for the second
 *     listing to agree with; a hash over their ids
 * @param settingsFingerprint of the settings that it was read under: when one of them changes, the
 *     scope is read in full
 */
public record Checkpoint(
    Scope scope,
    Optional<Instant> watermark,
    Optional<StoredCursor> deltaToken,
    boolean completed,
    Optional<Pass> pass,
    String suspects,
    String settingsFingerprint) {
  /** One that depends on no settings. */
  public Checkpoint(
      Scope scope,
      Optional<Instant> watermark,
      Optional<StoredCursor> deltaToken,
      boolean completed,
      Optional<Pass> pass,
      String suspects) {
    this(scope, watermark, deltaToken, completed, pass, suspects, "");
  }

  public static Checkpoint none(Scope scope) {
    return new Checkpoint(
        scope, Optional.empty(), Optional.empty(), false, Optional.empty(), "", "");
  }

  public Checkpoint withPass(Pass next) {
    return new Checkpoint(
        scope, watermark, deltaToken, completed, Optional.of(next), suspects, settingsFingerprint);
  }

  public Checkpoint withSettingsFingerprint(String under) {
    return new Checkpoint(scope, watermark, deltaToken, completed, pass, suspects, under);
  }

  /** Forgets everything but the scope: the next pass is full. */
  public Checkpoint expired() {
    return none(scope);
  }
}
