module modules.connector {
  requires dev.corpusync.core;

  provides dev.corpusync.connector.Connector with
      modules.connector.Notes;
}
