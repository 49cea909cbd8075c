package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.connector.Guarded;
import dev.corpusync.document.Access;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import java.util.List;

/** Asks the stream of a scope who may read an item. */
final class AccessReader {
  private AccessReader() {}

  /**
   * What a stream answered.
   *
   * @param lacksOwnPart whether it is unknown because a part of the item could not be read
   */
  record Answered(Access access, boolean lacksOwnPart) {
    boolean isUnknown() {
      return access.mode() == Access.Mode.UNKNOWN;
    }
  }

  /**
   * Returns unknown access where a part that it needs could not be read (P5). Users and groups are
   * those of the connection's realm from here on.
   */
  static Answered read(ScopeContext scope, Item item) throws ItemFailed {
    if (!(scope.plan().stream() instanceof Guarded guarded)) {
      return new Answered(Access.known(List.of()), false);
    }
    try {
      Access answer = AuthorCalls.ask("access", () -> guarded.access(item));
      return new Answered(answer.in(scope.realm()), false);
    } catch (PartUnavailable e) {
      return new Answered(
          Access.unknown(e.getMessage() + ": it could not be read"), !e.isOfContainer());
    }
  }
}
