package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.MalformedReplyException;
import java.util.function.Function;

/** Reads a field that a declaration says a reply must have; without it the whole page fails. */
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
