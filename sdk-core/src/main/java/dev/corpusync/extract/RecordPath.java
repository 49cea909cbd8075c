package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import java.util.List;
import java.util.Optional;

/**
 * The path to the records of a reply.
 *
 * @param path to the array, {@code ""} when the body is it
 * @param nullable whether the API may return null for an empty array
 * @param beside related records that are stored with each record
 */
record RecordPath(String path, boolean nullable, Optional<Sideload> beside) {
  static RecordPath of(String path) {
    return new RecordPath(path, false, Optional.empty());
  }

  RecordPath orNull() {
    return new RecordPath(path, true, beside);
  }

  RecordPath with(Sideload more) {
    return new RecordPath(path, nullable, Optional.of(more));
  }

  List<Payload> in(Reply reply) {
    List<Payload> found = nullable ? reply.recordsOrNull(path) : reply.records(path);
    return beside.map(more -> more.into(reply, found)).orElse(found);
  }
}
