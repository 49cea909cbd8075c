package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One piece of work on one connection, as recorded.
 *
 * @param message for an administrator: why it failed, or what waits; never content
 * @param failureKind what kept it from succeeding, for {@code engine.Health}
 * @param ended absent while it runs, and for ever if its process died
 * @param notBefore when the API may be asked again, where it asked for a long wait: no process asks
 *     earlier, and the scheduler goes on then
 */
public record Run(
    ConnectionKey key,
    String id,
    Trigger trigger,
    State state,
    Instant started,
    Optional<Instant> ended,
    Counts counts,
    String message,
    FailureKind failureKind,
    Optional<Instant> notBefore) {
  /** One that no API keeps waiting. */
  public Run(
      ConnectionKey key,
      String id,
      Trigger trigger,
      State state,
      Instant started,
      Optional<Instant> ended,
      Counts counts,
      String message,
      FailureKind failureKind) {
    this(key, id, trigger, state, started, ended, counts, message, failureKind, Optional.empty());
  }

  /** One without trouble. */
  public Run(
      ConnectionKey key,
      String id,
      Trigger trigger,
      State state,
      Instant started,
      Optional<Instant> ended,
      Counts counts,
      String message) {
    this(key, id, trigger, state, started, ended, counts, message, FailureKind.NONE);
  }

  /** What asked for it. */
  public enum Trigger {
    SYNC,
    RESYNC,
    RETRY,
    DECISION
  }

  /** How it stands. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    /** All was read and stored, but a deletion waits for a decision or an item has failed. */
    NEEDS_REVIEW,
    FAILED,
    /**
     * The API asks for a longer wait than a worker should spend; the next run resumes, not before
     * {@link #notBefore()}.
     */
    RATE_LIMITED,
    CANCELLED,
    /** Another run of the connection is under way; nothing was done and nothing is recorded. */
    BUSY,
    /** Its worker died; found when the next run took over. */
    ABANDONED
  }

  public Run withFailureKind(FailureKind what) {
    return new Run(key, id, trigger, state, started, ended, counts, message, what, notBefore);
  }

  public Run ended(State how, Instant when, String why) {
    return new Run(
        key, id, trigger, how, started, Optional.of(when), counts, why, failureKind, notBefore);
  }

  public Run counting(Counts all) {
    return new Run(key, id, trigger, state, started, ended, all, message, failureKind, notBefore);
  }

  /** The same, when the API asks for a wait. */
  public Run waiting(Optional<Instant> until) {
    return new Run(key, id, trigger, state, started, ended, counts, message, failureKind, until);
  }
}
