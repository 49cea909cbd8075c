/** Proves connectors and stores: contracts, a fake API, faults, and a world behind the API. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.corpusync.testkit {
  requires static transitive org.jspecify;
  requires transitive dev.corpusync.core;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires java.logging;
  requires mockwebserver3;
  requires okhttp3;
  requires okio;
  requires org.opentest4j;
  requires org.slf4j;

  uses dev.corpusync.connector.Connector;

  exports dev.corpusync.testkit.auth;
  exports dev.corpusync.testkit.contract;
  exports dev.corpusync.testkit.fake;
  exports dev.corpusync.testkit.fault;
  exports dev.corpusync.testkit.hook;
  exports dev.corpusync.testkit.profile;
  exports dev.corpusync.testkit.random;
  exports dev.corpusync.testkit.report;
  exports dev.corpusync.testkit.store;
  exports dev.corpusync.testkit.subject;
  exports dev.corpusync.testkit.time;
  exports dev.corpusync.testkit.wire;
  exports dev.corpusync.testkit.world;

  // JUnit makes and calls the nested classes of a contract.
  opens dev.corpusync.testkit.auth to
      org.junit.platform.commons;
  opens dev.corpusync.testkit.check to
      org.junit.platform.commons;
  opens dev.corpusync.testkit.contract to
      org.junit.platform.commons;
  opens dev.corpusync.testkit.store to
      org.junit.platform.commons;
}
