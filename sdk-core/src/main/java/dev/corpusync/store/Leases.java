package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Fence;
import java.time.Instant;
import java.util.Optional;

/**
 * Leases of connections: which worker may write. A lease keeps workers apart; safety depends on the
 * fencing token alone, which each commit checks. Times come from the caller's clock.
 *
 * @since 0.1
 */
public interface Leases {
  /**
   * Takes the lease if it is free or has expired by {@code now}, with a fence number above all
   * before it.
   *
   * @return empty when another worker holds it, or the connection does not exist
   */
  Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until);

  /**
   * Returns until when the lease was taken or renewed, also when that is over; empty when it is
   * free or the connection does not exist.
   */
  Optional<Instant> heldUntil(ConnectionKey key);

  /**
   * Extends the lease of this fence.
   *
   * @return false when the fence is no longer the newest
   */
  boolean renew(Fence fence, Instant until);

  /** Frees the lease if the fence is still the newest. */
  void release(Fence fence);
}
