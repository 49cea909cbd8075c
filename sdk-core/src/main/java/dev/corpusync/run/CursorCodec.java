package dev.corpusync.run;

import dev.corpusync.document.Hash;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.sync.StoredCursor;
import dev.corpusync.sync.SyncCursor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Encodes the cursors of a stream into their stored form, and decodes them (P4). */
final class CursorCodec<C extends SyncCursor> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final Class<C> type;
  private final String owner;
  private final String format;

  CursorCodec(String connector, String stream, Class<C> type) {
    if (!type.isRecord()) {
      throw new ConnectorDefectException(
          "the cursor of " + connector + "/" + stream + " must be a record, is " + type.getName());
    }
    this.type = type;
    owner = connector + "/" + stream;
    format =
        Arrays.stream(type.getRecordComponents())
            .map(CursorCodec::describe)
            .collect(Collectors.joining(","));
  }

  StoredCursor encode(C cursor) {
    return new StoredCursor(owner, format, MAPPER.writeValueAsString(cursor));
  }

  /**
   * @throws ConnectorDefectException when the cursor belongs to another connector or stream:
   *     nothing may be changed
   * @throws CursorExpiredException when it belongs to this stream and has another format
   */
  C decode(StoredCursor stored) {
    if (!stored.owner().equals(owner)) {
      throw new ConnectorDefectException(
          "the stored cursor belongs to "
              + stored.owner()
              + ", not to "
              + owner
              + ": nothing was changed");
    }
    if (!stored.format().equals(format)) {
      throw new CursorExpiredException(
          "the stored cursor of " + owner + " has an older format: everything is read again");
    }
    try {
      JsonNode tree = MAPPER.readTree(stored.json());
      // An extractor never gets a cursor that it did not make.
      if (isWhole(tree)) {
        return MAPPER.treeToValue(tree, type);
      }
    } catch (JacksonException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private boolean isWhole(JsonNode tree) {
    return tree.isObject()
        && Arrays.stream(type.getRecordComponents()).allMatch(c -> tree.has(c.getName()));
  }

  // Without the cause, which may quote the cursor.
  private CursorExpiredException unreadable() {
    return new CursorExpiredException(
        "the stored cursor of " + owner + " cannot be read: everything is read again");
  }

  /** A short fingerprint, to find a cursor that comes back. */
  String fingerprint(C cursor) {
    return Hash.of(MAPPER.writeValueAsString(cursor)).substring(0, 12);
  }

  private static String describe(RecordComponent component) {
    return component.getName() + ":" + component.getType().getSimpleName();
  }
}
