package dev.corpusync.sync;

/**
 * Why a scope owes a full pass, see {@link Checkpoint#fullPassOwed()}. A later version may add
 * values: switch with a default.
 *
 * @since 0.1
 */
public enum FullPassReason {
  /** A resync was asked for and has not read this scope to its end. */
  RESYNC("a resync that was asked for is not finished"),
  /** A setting that the scope was read under has another value now. */
  SETTINGS("its settings have changed"),
  /** The listing changed while it was read, so that it may have missed records. */
  DRIFT("its last listing changed while it was read"),
  /** Its watermark lies in the future, so a clock was wrong when it was taken. */
  CLOCK("its watermark lies in the future, since a clock was wrong"),
  /** A setting that the parts of its records were read under has another value now. */
  PART_SETTINGS("settings that its parts were read under have changed"),
  /** Some records were hidden, and what hid them has changed. */
  HIDDEN("what decides which of its records are hidden has changed"),
  /** Its records were stored under ids that could be those of others. */
  IDS("an earlier version joined ids so that two records could share one"),
  /** A part of a held deletion was seen again, so the listing that missed it was wrong. */
  RECOVERY("some of what its held deletion names was seen again"),
  /** Stored by a newer version. */
  OTHER("a newer version has asked for it");

  private final String message;

  FullPassReason(String message) {
    this.message = message;
  }

  /** The reason as part of a sentence, for messages. */
  public String message() {
    return message;
  }
}
