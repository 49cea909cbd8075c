package dev.corpusync.connector;

import dev.corpusync.connection.Descriptor;
import java.util.List;

/**
 * What an author hands over: a description and the streams. Stateless: one object serves all
 * tenants, from any thread. Found by ServiceLoader or registered by the host.
 */
public interface Connector {
  Descriptor descriptor();

  /**
   * Containers before what is nested in them, references before what looks them up; the engine
   * refuses another order.
   */
  List<Stream> streams();
}
