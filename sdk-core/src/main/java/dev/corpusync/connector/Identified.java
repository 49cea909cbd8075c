package dev.corpusync.connector;

import dev.corpusync.connection.Account;
import dev.corpusync.extract.Api;
import java.util.Set;

/**
 * A connector whose API says who we are. It is asked when a connection is made and before each run
 * reads anything: an API that answers a revoked key with the anonymous view, and 200, would
 * otherwise look like hundreds of deletions.
 */
public interface Identified {
  /**
   * One request. Exceptions pass through: a rejected credential, a wrong address and an API that is
   * down are told apart by their types.
   */
  Account whoAmI(Api api);

  /** Scopes without which nothing works; compared only where the API says what was granted. */
  default Set<String> neededScopes() {
    return Set.of();
  }
}
