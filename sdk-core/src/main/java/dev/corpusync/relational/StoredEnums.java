package dev.corpusync.relational;

import dev.corpusync.connection.Connection;
import dev.corpusync.document.Access;
import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import java.util.Optional;

/**
 * Reads the names of enum values that are stored. A newer node may have written a name that this
 * version does not know; it becomes the value that is safe, so that reading never fails.
 */
final class StoredEnums {
  private StoredEnums() {}

  static Run.State runState(String name) {
    return find(Run.State.class, name).orElse(Run.State.UNKNOWN);
  }

  static Run.Trigger trigger(String name) {
    return find(Run.Trigger.class, name).orElse(Run.Trigger.UNKNOWN);
  }

  static FailureKind failureKind(String name) {
    return find(FailureKind.class, name).orElse(FailureKind.OTHER);
  }

  /** Proves nothing when unknown, so nothing is deleted (P7). */
  static Proof proof(String name) {
    return find(Proof.class, name).orElse(Proof.NONE);
  }

  /** Empty when unknown: that pass cannot be resumed, and the scope begins another one. */
  static Optional<Pass.Mode> passMode(String name) {
    return find(Pass.Mode.class, name);
  }

  static FullPassReason fullPassReason(String name) {
    return find(FullPassReason.class, name).orElse(FullPassReason.OTHER);
  }

  static HeldDeletion.Reason heldReason(String name) {
    return find(HeldDeletion.Reason.class, name).orElse(HeldDeletion.Reason.LISTING);
  }

  /** Not synced when unknown, and kept as it is. */
  static Connection.State connectionState(String name) {
    return find(Connection.State.class, name).orElse(Connection.State.PAUSED);
  }

  static Connection.Removals removals(String name) {
    return find(Connection.Removals.class, name).orElse(Connection.Removals.HELD);
  }

  /** Readable by nobody when unknown (P5). */
  static Access.Mode accessMode(String name) {
    return find(Access.Mode.class, name).orElse(Access.Mode.UNKNOWN);
  }

  private static <E extends Enum<E>> Optional<E> find(Class<E> type, String name) {
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
