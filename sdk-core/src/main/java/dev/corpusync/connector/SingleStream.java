package dev.corpusync.connector;

import java.util.List;

/**
 * A connector that is also its only stream: one class for an API with one kind of record.
 *
 * @since 0.1
 */
public interface SingleStream extends Connector, DocumentStream {
  @Override
  default List<Stream> streams() {
    return List.of(this);
  }
}
