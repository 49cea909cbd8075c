package dev.corpusync.engine;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Connection;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.discover.Connectors;
import dev.corpusync.document.Ref;
import dev.corpusync.run.StreamPlan;
import dev.corpusync.store.Corpus;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Resolves a stored item to the link that a person can open. Reads the store only. */
record LinkResolver(Corpus corpus, Connectors connectors) {
  Optional<URI> link(Connection connection, Ref ref, Optional<String> chunk) {
    Connector connector = connectors.get(connection.connector());
    return find(connection, ref)
        .flatMap(
            artifact -> {
              Optional<Item> parent =
                  artifact
                      .parent()
                      .flatMap(p -> find(connection, p))
                      .map(
                          a ->
                              StreamPlan.container(
                                  a, connection.settings(), above -> find(connection, above)));
              Item item = StreamPlan.item(artifact, parent, connection.settings());
              return connector.streams().stream()
                  .filter(s -> s.kind().equals(ref.kind()) && s instanceof DocumentStream)
                  .findFirst()
                  .flatMap(s -> ((DocumentStream) s).cite(new Citation(ref, item, chunk)))
                  .filter(CitationResolver::opens);
            });
  }

  private Optional<Artifact> find(Connection connection, Ref ref) {
    return Optional.ofNullable(corpus.artifacts(connection.key(), List.of(ref)).get(ref));
  }
}
