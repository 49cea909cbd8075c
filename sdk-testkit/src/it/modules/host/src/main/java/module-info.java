module modules.host {
  requires dev.corpusync.core;
  requires dev.corpusync.testkit;

  uses dev.corpusync.connector.Connector;
}
