package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.connector.Guarded;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import java.util.List;

/** Asks a stream who may read an item. */
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

  /** Returns unknown access where a part that it needs could not be read (P5). */
  static Answered read(Stream stream, Item item) throws ItemFailed {
    if (!(stream instanceof Guarded guarded)) {
      return new Answered(Access.known(List.of()), false);
    }
    try {
      return new Answered(AuthorCalls.ask("access", () -> guarded.access(item)), false);
    } catch (PartUnavailable e) {
      return new Answered(
          Access.unknown(e.getMessage() + ": it could not be read"), !e.isOfContainer());
    }
  }
}
