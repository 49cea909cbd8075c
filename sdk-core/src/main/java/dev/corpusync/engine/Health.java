package dev.corpusync.engine;

import java.time.Instant;

/**
 * How a connection does, for the people whose it is.
 *
 * @param reason what to do about it; blank when all is well. Never content or a secret
 * @param since when that was found
 */
public record Health(Status status, String reason, Instant since) {
  /** What a person should know at a glance. */
  public enum Status {
    /** It was made, and waits for its first sync. */
    WAITING,
    CONNECTED,
    /** Sign in again. */
    NEEDS_AUTHORISATION,
    /** Someone at the source must grant more. */
    NEEDS_PERMISSION,
    /** The address is not that of the API. */
    WRONG_SITE,
    /** Nothing to do: it is tried again. */
    UNREACHABLE,
    /** Something else is wrong: the reason says what. */
    FAILING,
    PAUSED,
    /** It is being made or erased. */
    CHANGING
  }
}
