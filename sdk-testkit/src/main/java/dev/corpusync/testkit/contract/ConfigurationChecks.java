package dev.corpusync.testkit.contract;

/** CFG: a configuration is right, or refused by the name of its field. */
abstract class ConfigurationChecks extends Area {
  ConfigurationChecks(Bench bench) {
    super(bench);
  }
}
