package dev.corpusync.run;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.error.WrongSiteException;
import dev.corpusync.sync.FailureKind;

/** Maps an exception to the {@link FailureKind}: who can do something about it. */
final class FailureClassifier {
  private FailureClassifier() {}

  static FailureKind of(CorpusyncException failure) {
    if (failure instanceof CredentialsRejectedException) {
      return FailureKind.AUTHORISATION;
    }
    if (failure instanceof AccessDeniedException) {
      return FailureKind.PERMISSION;
    }
    if (failure instanceof WrongSiteException) {
      return FailureKind.WRONG_SITE;
    }
    return failure instanceof UnavailableException ? FailureKind.UNREACHABLE : FailureKind.OTHER;
  }
}
