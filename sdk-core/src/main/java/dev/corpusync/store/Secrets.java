package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stored secrets: sealed, so that none can be read without the host's key. Every write is durable
 * before it returns. Safe for use by many threads and processes.
 *
 * @since 0.1
 */
public interface Secrets {
  /**
   * One sealed value.
   *
   * @param version grows with each write of this field, also over its removal, so that none comes
   *     twice; 0 is never stored
   * @param keyId of the key that sealed it
   * @param bytes not shared with the store
   */
  record Sealed(ConnectionKey key, String field, long version, String keyId, byte[] bytes) {}

  Optional<Sealed> find(ConnectionKey key, String field);

  /**
   * Writes a value only over the version that the caller has seen; 0 when there was none.
   *
   * @return the new version; empty when another one was there, with nothing changed
   */
  Optional<Long> replace(ConnectionKey key, String field, long seen, String keyId, byte[] bytes);

  /**
   * Erases a value only if it still has the version that the caller has seen.
   *
   * @return whether it was erased by this call: of many callers one gets true
   */
  boolean remove(ConnectionKey key, String field, long seen);

  /** Erases all secrets of a connection, with its claims. Idempotent. */
  void erase(ConnectionKey key);

  /**
   * Returns values of all tenants that another key has sealed, to rotate keys without a restart.
   */
  List<Sealed> sealedByOthers(String keyId, int limit);

  /**
   * Claims a field for a short time: one of many workers gets the claim, until it releases it or
   * the claim expires. The holder may claim it again for longer. Times come from the caller's
   * clock.
   *
   * @param owner unique to the attempt
   */
  boolean claim(ConnectionKey key, String field, String owner, Instant now, Instant until);

  /** Ends a claim of this owner; of another one nothing changes. */
  void release(ConnectionKey key, String field, String owner);
}
