/**
 * Keeps a host's corpus in step with other systems.
 *
 * <p>Exported is what hosts, authors of connectors and authors of stores use. The stages of a run
 * ({@code run}) and the search for connectors ({@code discover}) are not.
 *
 * <p>A host names {@code dev.corpusync.engine}; an author {@code connector} and what it shows; an
 * author of a store {@code store}. An extractor with a cursor of its own opens the cursor's package
 * to {@code tools.jackson.databind}, unless the record is public in an exported package.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.corpusync.core {
  requires static transitive org.jspecify;
  requires transitive java.sql;
  requires transitive tools.jackson.databind;
  requires dev.failsafe.core;
  requires okhttp3;
  requires okio;
  requires org.jdbi.v3.core;
  // Named for Jdbi, which is an automatic module and cannot ask for it.
  requires io.leangen.geantyref;
  requires org.slf4j;

  // For hosts.
  exports dev.corpusync.engine;
  exports dev.corpusync.feed;
  exports dev.corpusync.describe;
  exports dev.corpusync.http;
  exports dev.corpusync.memory;
  exports dev.corpusync.oauth;
  exports dev.corpusync.prune;
  exports dev.corpusync.relational;
  exports dev.corpusync.vault;

  // For authors of connectors.
  exports dev.corpusync.connector;
  exports dev.corpusync.extract;
  exports dev.corpusync.transform;
  exports dev.corpusync.cite;

  // For authors of stores.
  exports dev.corpusync.store;

  // Shared by all three.
  exports dev.corpusync.annotation;
  exports dev.corpusync.artifact;
  exports dev.corpusync.auth;
  exports dev.corpusync.connection;
  exports dev.corpusync.document;
  exports dev.corpusync.error;
  exports dev.corpusync.sync;

  // Cursors are records, stored as JSON.
  opens dev.corpusync.extract to
      tools.jackson.databind;

  uses dev.corpusync.connector.Connector;
}
