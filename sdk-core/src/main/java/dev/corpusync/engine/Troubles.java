package dev.corpusync.engine;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.error.WrongSiteException;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Trouble;
import java.util.List;
import java.util.Optional;

/** What a failure means for the people whose connection it is. */
final class Troubles {
  private Troubles() {}

  static Trouble of(CorpusyncException failure) {
    if (failure instanceof CredentialsRejectedException) {
      return Trouble.AUTHORISATION;
    }
    if (failure instanceof AccessDeniedException) {
      return Trouble.PERMISSION;
    }
    if (failure instanceof WrongSiteException) {
      return Trouble.WRONG_SITE;
    }
    return failure instanceof UnavailableException ? Trouble.UNREACHABLE : Trouble.OTHER;
  }

  /** By the last run that found out anything. */
  static Optional<Health> found(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(
            r ->
                switch (r.state()) {
                  case SUCCEEDED, ATTENTION, FAILED -> true;
                  case RUNNING, WAITING, CANCELLED, BUSY, ABANDONED -> false;
                })
        .findFirst()
        .map(
            r ->
                new Health(
                    status(r.trouble()),
                    r.trouble() == Trouble.NONE ? "" : r.message(),
                    r.ended().orElse(r.started())));
  }

  private static Health.Status status(Trouble trouble) {
    return switch (trouble) {
      case NONE -> Health.Status.CONNECTED;
      case AUTHORISATION -> Health.Status.NEEDS_AUTHORISATION;
      case PERMISSION -> Health.Status.NEEDS_PERMISSION;
      case WRONG_SITE -> Health.Status.WRONG_SITE;
      case UNREACHABLE -> Health.Status.UNREACHABLE;
      case OTHER -> Health.Status.FAILING;
    };
  }
}
