/** Counts and times of syncs as Micrometer meters. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.corpusync.micrometer {
  requires static transitive org.jspecify;
  requires transitive dev.corpusync.core;
  requires transitive micrometer.core;

  exports dev.corpusync.micrometer;
}
