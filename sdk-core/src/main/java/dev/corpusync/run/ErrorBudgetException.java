package dev.corpusync.run;

import dev.corpusync.error.CorpusyncException;

/** Too many records of a scope could not be read: the connector and the API disagree (P10). */
final class ErrorBudgetException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  ErrorBudgetException(String message) {
    super(message);
  }
}
