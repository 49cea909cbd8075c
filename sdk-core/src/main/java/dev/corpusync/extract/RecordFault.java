package dev.corpusync.extract;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.error.MalformedRecordException;

/** Why a function of the author fails for one record, without content (P10, P11). */
final class RecordFault {
  private RecordFault() {}

  /** The author's own exception may quote the record: only its type and place are kept. */
  static String reason(RuntimeException thrown) {
    return thrown instanceof MalformedRecordException || thrown instanceof ConnectorDefectException
        ? String.valueOf(thrown.getMessage())
        : ExceptionSummary.of(thrown);
  }
}
