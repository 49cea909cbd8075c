package dev.corpusync.testkit.probe;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.transform.Lookups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Makes the documents of a kind once more of what is stored, as a new version would. */
public final class TransformReplay {
  private final Subject subject;
  private final Store store;
  private final DocumentStream stream;
  private final Settings settings;

  public TransformReplay(Subject subject, Store store, DocumentStream stream) {
    this.subject = subject;
    this.store = store;
    this.stream = stream;
    settings = store.connections().find(Trial.KEY).orElseThrow().settings();
  }

  /** All of them as text, made in the order of their ids or the other way round. */
  public Map<Ref, String> documents(boolean backwards) {
    List<Artifact> artifacts =
        new ArrayList<>(
            store.corpus().artifactsAfter(Trial.KEY, stream.kind(), Optional.empty(), 500));
    if (backwards) {
      Collections.reverse(artifacts);
    }
    Map<Ref, String> documents = new TreeMap<>();
    for (Artifact artifact : artifacts) {
      Item item = item(artifact, artifact.parent().map(this::container));
      documents.put(artifact.ref(), text(stream.transform(item.lenient(), new Stored())));
    }
    return documents;
  }

  /** The same, backwards. */
  public Map<Ref, String> onAnotherThread() throws InterruptedException {
    FutureTask<Map<Ref, String>> work = new FutureTask<>(() -> documents(true));
    Thread thread = new Thread(work, "again");
    thread.start();
    thread.join();
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw new AssertionError("on another thread, transform failed", e.getCause());
    }
  }

  private Item container(Ref ref) {
    return item(artifact(ref).orElseThrow(), Optional.empty());
  }

  private Optional<Artifact> artifact(Ref ref) {
    return Optional.ofNullable(store.corpus().artifacts(Trial.KEY, List.of(ref)).get(ref));
  }

  private Item item(Artifact artifact, Optional<Item> parent) {
    return Item.of(artifact.payload().json(), parent, settings).with(artifact.parts());
  }

  private static String text(Document document) {
    StringBuilder text = new StringBuilder(document.title()).append(document.fields());
    document.chunks().forEach(c -> text.append('\n').append(c.key()).append(' ').append(c.text()));
    return text.toString();
  }

  private final class Stored implements Lookups {
    @Override
    public Optional<Json> find(Kind kind, String id) {
      return artifact(kind.ref(id)).map(a -> a.payload().json());
    }

    @Override
    public Optional<String> name(Kind kind, String id) {
      return subject.streams().stream()
          .filter(s -> s.kind().equals(kind))
          .filter(ReferenceStream.class::isInstance)
          .map(ReferenceStream.class::cast)
          .findFirst()
          .flatMap(
              s -> find(kind, id).map(json -> s.name(Item.of(json, Optional.empty(), settings))));
    }
  }
}
