package dev.corpusync.connector;

import dev.corpusync.extract.ByIds;

/**
 * A stream whose things can be fetched by id: failed ones are retried, absences confirmed, hints
 * followed.
 */
public interface FetchedByIds {
  ByIds byIds();
}
