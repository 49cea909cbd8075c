package dev.corpusync.engine;

import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The health of a connection, for its owner: whether it works, and what a person should do.
 *
 * @param reason what to do about it; blank when all is well. Never content or a secret
 * @param since when the run ended that found this
 * @since 0.1
 */
public record Health(Status status, String reason, Instant since) {
  /** What a person should do. A later version may add values: switch with a default. */
  public enum Status {
    /** Connected, and not synced yet. */
    NEVER_SYNCED,
    /** The last sync succeeded. */
    CONNECTED,
    /** Sign in again. */
    NEEDS_AUTHORISATION,
    /** Have an administrator of the source grant more. */
    NEEDS_PERMISSION,
    /** Correct the address: it is not that of the API. */
    WRONG_SITE,
    /** Nothing: the API does not answer, and the next sync tries again. */
    UNREACHABLE,
    /** Something else failed: the reason says what. */
    FAILING,
    /** Nothing: syncing is suspended. */
    PAUSED,
    /** The connection is being made or erased. */
    CHANGING
  }

  /** Returns the health by the last run that reached a result. */
  static Optional<Health> of(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(
            r ->
                switch (r.state()) {
                  case SUCCEEDED, NEEDS_REVIEW, FAILED -> true;
                  case YIELDED -> r.failureKind() != FailureKind.NONE;
                  case RUNNING, RATE_LIMITED, CANCELLED, BUSY, ABANDONED, FENCED, UNKNOWN -> false;
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
