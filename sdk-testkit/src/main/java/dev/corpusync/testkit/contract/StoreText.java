package dev.corpusync.testkit.contract;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Hash;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a store holds of one connection, as text to compare: all but run records, fences and times
 * of fetching.
 */
final class StoreText {
  private final Store store;
  private final ConnectionKey key;
  private final List<String> lines = new ArrayList<>();

  private StoreText(Store store, ConnectionKey key) {
    this.store = store;
    this.key = key;
  }

  static String of(Store store, ConnectionKey key, List<Kind> kinds) {
    StoreText text = new StoreText(store, key);
    List<Scope> scopes = new ArrayList<>();
    for (Kind kind : kinds) {
      scopes.add(Scope.of(kind));
      for (Artifact artifact : text.artifacts(kind)) {
        kinds.forEach(nested -> scopes.add(Scope.of(nested, artifact.ref())));
      }
    }
    text.documents();
    scopes.forEach(text::progress);
    text.failures();
    text.events();
    return String.join("\n", text.lines);
  }

  private List<Artifact> artifacts(Kind kind) {
    List<Artifact> all = new ArrayList<>();
    List<Artifact> page = store.corpus().artifactsAfter(key, kind, Optional.empty(), 500);
    while (!page.isEmpty()) {
      all.addAll(page);
      page =
          store
              .corpus()
              .artifactsAfter(key, kind, Optional.of(page.get(page.size() - 1).ref().id()), 500);
    }
    for (Artifact a : all) {
      lines.add(
          "artifact "
              + a.ref()
              + " in "
              + a.parent()
              + " "
              + a.revision()
              + " "
              + new String(a.payload().bytes(), StandardCharsets.UTF_8)
              + " "
              + new String(a.parts().encoded(), StandardCharsets.UTF_8)
              + " "
              + a.access().mode()
              + a.access().readers());
    }
    return all;
  }

  private void documents() {
    Optional<Ref> after = Optional.empty();
    List<StoredDocument> page = store.corpus().documentsAfter(key, after, 500);
    while (!page.isEmpty()) {
      for (StoredDocument d : page) {
        lines.add(
            "document "
                + d.ref()
                + " "
                + d.title()
                + " "
                + d.fields()
                + " "
                + texts(d)
                + " "
                + d.readers()
                + " "
                + d.missing());
      }
      page = store.corpus().documentsAfter(key, Optional.of(page.get(page.size() - 1).ref()), 500);
    }
  }

  private static List<String> texts(StoredDocument document) {
    return document.chunks().stream().map(c -> c.key() + "=" + c.text()).toList();
  }

  private void progress(Scope scope) {
    store
        .checkpoints()
        .progress(key, scope)
        .ifPresent(
            p -> lines.add("progress " + p + p.mark().map(m -> " from " + m.json()).orElse("")));
    store
        .checkpoints()
        .seen(key, scope)
        .forEach(page -> lines.add("seen " + scope + " " + page.length));
  }

  private void failures() {
    for (FailedItem f : store.journal().failures(key, 1_000)) {
      lines.add("failed " + f.scope() + " " + Hash.of(f.id()).substring(0, 8) + " " + f.reason());
    }
    store
        .journal()
        .held(key)
        .forEach(h -> lines.add("held " + h.plan() + " " + h.missing() + " of " + h.of()));
  }

  private void events() {
    long after = 0;
    List<Outbox.Event> page = store.outbox().events(key, after, 500);
    while (!page.isEmpty()) {
      page.forEach(e -> lines.add("event " + e));
      page = store.outbox().events(key, page.get(page.size() - 1).number(), 500);
    }
  }
}
