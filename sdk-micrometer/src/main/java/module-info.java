/** Runs and HTTP requests as Micrometer meters and observations. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.corpusync.micrometer {
  requires static transitive org.jspecify;
  requires transitive dev.corpusync.core;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;
  requires micrometer.commons;

  exports dev.corpusync.micrometer;
}
