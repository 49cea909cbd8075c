package dev.corpusync.connector;

import dev.corpusync.connection.Descriptor;
import java.util.List;

/**
 * A connector to one product: a descriptor and the streams that it reads. Registered by the host,
 * or found by {@link java.util.ServiceLoader}. Stateless: one object serves all tenants, from any
 * thread.
 *
 * @since 0.1
 */
public interface Connector {
  /** Describes the connector: its id, settings, authentication. */
  Descriptor descriptor();

  /**
   * Returns the streams in the order in which they are read: containers before what is nested in
   * them, references before what looks them up. The engine refuses another order.
   */
  List<Stream> streams();
}
