package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.MalformedReplyException;
import java.util.function.Function;

/**
 * Reads what a declaration says must be in a reply; when it is not, the page is wrong, not just a
 * record.
 */
final class Declared {
  private Declared() {}

  static <T> T read(Reply reply, Function<Json, T> field) {
    try {
      return field.apply(reply.json());
    } catch (MalformedRecordException e) {
      throw new MalformedReplyException(
          reply.call()
              + " answered without what the listing declares: "
              + e.getMessage()
              + ". Check the path, or declare that the API leaves it out",
          e);
    }
  }
}
