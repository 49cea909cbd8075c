package dev.corpusync.testkit.contract;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.StoredCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All words that a store holds of one connection: for a search, not for comparing. */
final class Holdings {
  private final Store store;
  private final ConnectionKey key;
  private final List<String> words = new ArrayList<>();

  private Holdings(Store store, ConnectionKey key) {
    this.store = store;
    this.key = key;
  }

  static String of(Store store, ConnectionKey key, List<Kind> kinds) {
    Holdings all = new Holdings(store, key);
    all.words.add(StoreText.of(store, key, kinds));
    for (Kind kind : kinds) {
      all.cursors(Scope.of(kind));
      for (Artifact container : store.corpus().artifactsAfter(key, kind, Optional.empty(), 500)) {
        kinds.forEach(nested -> all.cursors(Scope.of(nested, container.ref())));
      }
    }
    store.journal().runs(key, 500).forEach(run -> all.words.add(run.toString()));
    store
        .connections()
        .find(key)
        .ifPresent(c -> all.words.add(c.toString() + c.settings().values()));
    return String.join("\n", all.words);
  }

  private void cursors(Scope scope) {
    Optional<Progress> progress = store.checkpoints().progress(key, scope);
    progress.flatMap(Progress::mark).ifPresent(this::cursor);
    progress.flatMap(Progress::pass).flatMap(Pass::next).ifPresent(this::cursor);
    progress.flatMap(Progress::pass).flatMap(Pass::mark).ifPresent(this::cursor);
  }

  private void cursor(StoredCursor cursor) {
    words.add("cursor " + cursor.json());
  }
}
