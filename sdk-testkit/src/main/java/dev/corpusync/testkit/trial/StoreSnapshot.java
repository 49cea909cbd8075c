package dev.corpusync.testkit.trial;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Hash;
import dev.corpusync.document.Kind;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a store holds of one connection, as text to compare: all but run records, fences and times
 * of fetching.
 */
public final class StoreSnapshot {
  private static final String EVENT = "event #";
  private final Store store;
  private final ConnectionKey key;
  private final List<String> lines = new ArrayList<>();
  private final List<Checkpoint> checkpoint = new ArrayList<>();
  private final List<StoredDocument> documents = new ArrayList<>();

  private StoreSnapshot(Store store, ConnectionKey key) {
    this.store = store;
    this.key = key;
  }

  public static StoreSnapshot of(Store store, ConnectionKey key, List<Stream> streams) {
    StoreSnapshot text = new StoreSnapshot(store, key);
    Map<Kind, List<Artifact>> artifacts = new LinkedHashMap<>();
    streams.forEach(stream -> artifacts.put(stream.kind(), text.artifacts(stream.kind())));
    text.documents(Index.documents(store, key));
    for (Stream stream : streams) {
      if (stream instanceof Nested nested) {
        artifacts
            .getOrDefault(nested.parent(), List.of())
            .forEach(container -> text.checkpoint(Scope.of(stream.kind(), container.ref())));
      } else {
        text.checkpoint(Scope.of(stream.kind()));
      }
    }
    text.failures();
    text.events();
    return text;
  }

  /** Whether a line of the text is an event. */
  public static boolean isEvent(String line) {
    return line.startsWith(EVENT);
  }

  /** How far the sync of each stream and of each partition is. */
  List<Checkpoint> checkpoint() {
    return checkpoint;
  }

  List<StoredDocument> documents() {
    return documents;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
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

  private void documents(List<StoredDocument> all) {
    for (StoredDocument d : all) {
      documents.add(d);
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
  }

  private static List<String> texts(StoredDocument document) {
    return document.chunks().stream().map(c -> c.key() + "=" + c.text()).toList();
  }

  private void checkpoint(Scope scope) {
    for (Checkpoint p : store.checkpoints().checkpoint(key, scope).stream().toList()) {
      checkpoint.add(p);
      // In which round of runs a scope was read is no state of the corpus.
      Checkpoint read = p.toBuilder().round("").build();
      lines.add("progress " + read + p.deltaToken().map(m -> " from " + m.json()).orElse(""));
    }
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
        .forEach(h -> lines.add("held " + h.plan() + " " + h.missing() + " of " + h.total()));
  }

  /** All of it: the event's own text leaves out ids and chunks. */
  private static String event(Outbox.Event event) {
    return event.number()
        + " "
        + event.ref()
        + " "
        + event.aspects()
        + " changed "
        + new TreeSet<>(event.changedChunks())
        + " removed "
        + new TreeSet<>(event.removedChunks());
  }

  private void events() {
    long after = 0;
    List<Outbox.Event> page = store.outbox().events(key, after, 500);
    while (!page.isEmpty()) {
      page.forEach(e -> lines.add(EVENT + event(e)));
      page = store.outbox().events(key, page.get(page.size() - 1).number(), 500);
    }
  }
}
