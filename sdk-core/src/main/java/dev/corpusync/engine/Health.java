package dev.corpusync.engine;

import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    NEVER_SYNCED,
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

  /** By the last run that found out anything. */
  static Optional<Health> of(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(
            r ->
                switch (r.state()) {
                  case SUCCEEDED, NEEDS_REVIEW, FAILED -> true;
                  case RUNNING, RATE_LIMITED, CANCELLED, BUSY, ABANDONED -> false;
                })
        .findFirst()
        .map(
            r ->
                new Health(
                    status(r.failureKind()),
                    r.failureKind() == FailureKind.NONE ? "" : r.message(),
                    r.ended().orElse(r.started())));
  }

  private static Status status(FailureKind failureKind) {
    return switch (failureKind) {
      case NONE -> Status.CONNECTED;
      case AUTHORISATION -> Status.NEEDS_AUTHORISATION;
      case PERMISSION -> Status.NEEDS_PERMISSION;
      case WRONG_SITE -> Status.WRONG_SITE;
      case UNREACHABLE -> Status.UNREACHABLE;
      case OTHER -> Status.FAILING;
    };
  }
}
