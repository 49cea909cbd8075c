package dev.corpusync.testkit.contract;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Scope;
import java.util.List;
import java.util.Optional;

/** What the last process has begun and not ended. */
final class Interrupted {
  private Interrupted() {}

  /** Whether some containers were read and others not: the next process goes on behind them. */
  static boolean amongContainers(Store store, ConnectionKey key, List<Stream> streams) {
    return streams.stream()
        .filter(ContainerStream.class::isInstance)
        .flatMap(stream -> scopes(store, key, stream).stream())
        .map(scope -> store.checkpoints().progress(key, scope))
        .anyMatch(progress -> progress.flatMap(Progress::pass).isPresent());
  }

  private static List<Scope> scopes(Store store, ConnectionKey key, Stream stream) {
    if (!(stream instanceof Nested nested)) {
      return List.of(Scope.of(stream.kind()));
    }
    List<Artifact> parents =
        store.corpus().artifactsAfter(key, nested.parent(), Optional.empty(), 500);
    return parents.stream().map(parent -> Scope.of(stream.kind(), parent.ref())).toList();
  }
}
