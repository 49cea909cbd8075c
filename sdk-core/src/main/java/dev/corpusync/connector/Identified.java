package dev.corpusync.connector;

import dev.corpusync.connection.Account;
import dev.corpusync.extract.Api;
import java.util.Set;

/**
 * A connector whose API can name the account that a credential belongs to. The account is checked
 * when a connection is made and before each run: an API that answers a revoked key with 200 and the
 * anonymous view would otherwise look like hundreds of deletions.
 *
 * @since 0.1
 */
public interface Identified {
  /**
   * Returns the account, with one request. Exceptions pass through: their types tell apart a
   * rejected credential, a wrong address and an API that is down.
   */
  Account whoAmI(Api api);

  /** Returns the scopes that are required; checked only where the API says which were granted. */
  default Set<String> neededScopes() {
    return Set.of();
  }
}
