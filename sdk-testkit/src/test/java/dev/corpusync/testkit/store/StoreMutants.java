package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.mutant.KillMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Wrong stores by name, each a right one with one change. */
final class StoreMutants {
  private final List<KillMatrix.Entry<UnaryOperator<Store>>> all = new ArrayList<>();

  static List<KillMatrix.Entry<UnaryOperator<Store>>> all() {
    StoreMutants mutants = new StoreMutants();
    CommitMutants.into(mutants);
    DependencyMutants.into(mutants);
    DeletionMutants.into(mutants);
    FenceMutants.into(mutants);
    ValueMutants.into(mutants);
    FeedMutants.into(mutants);
    JournalMutants.into(mutants);
    ConcurrencyMutants.into(mutants);
    return mutants.all;
  }

  /** The change is made anew for each store, so it may remember. */
  void add(String foundBy, String name, UnaryOperator<AlteredStore> change) {
    all.add(
        KillMatrix.Entry.of(name, foundBy, right -> change.apply(new AlteredStore(right)).store()));
  }

  void calls(String foundBy, String name, String methods, AlteredStore.Alteration bend) {
    add(foundBy, name, altered -> altered.on(methods, bend));
  }

  void drafts(String foundBy, String name, Consumer<MutableCommit> change) {
    calls(foundBy, name, "Store.commit", call -> committing(call, change));
  }

  static Object committing(AlteredStore.Call call, Consumer<MutableCommit> change) {
    MutableCommit draft = new MutableCommit(call.argument(0));
    change.accept(draft);
    return call.with(0, draft.commit());
  }

  void items(String foundBy, String name, UnaryOperator<ItemWrite> change) {
    drafts(foundBy, name, d -> d.items.replaceAll(change));
  }

  static ItemWrite with(ItemWrite item, Artifact artifact) {
    return item.withArtifact(artifact);
  }

  void documents(String foundBy, String name, UnaryOperator<StoredDocument> change) {
    documents(foundBy, name, (corpus, document) -> change.apply(document));
  }

  /** Changes a document with a look at the rest. */
  interface Glance {
    StoredDocument change(Corpus corpus, StoredDocument document);
  }

  void documents(String foundBy, String name, Glance change) {
    calls(
        foundBy,
        name,
        "Corpus.documents|Corpus.documentsAfter",
        call -> {
          Corpus corpus = call.right().corpus();
          if (call.proceed() instanceof Map<?, ?> map) {
            Map<Ref, StoredDocument> changed = new LinkedHashMap<>();
            map.forEach((k, v) -> changed.put((Ref) k, change.change(corpus, (StoredDocument) v)));
            return changed;
          }
          List<StoredDocument> list = AlteredStore.list(call.proceed());
          list.replaceAll(d -> change.change(corpus, d));
          return list;
        });
  }

  <T> void lists(String foundBy, String name, String methods, UnaryOperator<List<T>> change) {
    calls(foundBy, name, methods, call -> change.apply(AlteredStore.list(call.proceed())));
  }

  <T> void each(String foundBy, String name, String methods, UnaryOperator<T> change) {
    this.<T>lists(
        foundBy,
        name,
        methods,
        list -> {
          list.replaceAll(change);
          return list;
        });
  }

  void events(String foundBy, String name, Function<Outbox.Event, List<Outbox.Event>> change) {
    lists(
        foundBy,
        name,
        "Outbox.events",
        (List<Outbox.Event> list) -> {
          List<Outbox.Event> changed = new ArrayList<>();
          list.forEach(e -> changed.addAll(change.apply(e)));
          return changed;
        });
  }

  static StoredDocument readableBy(
      StoredDocument d, Set<dev.corpusync.document.Principal> readers) {
    return StoredDocument.builder(d.connection(), d.ref())
        .parent(d.parent())
        .title(d.title())
        .fields(d.fields())
        .chunks(d.chunks())
        .readers(readers)
        .metadataHash(d.metadataHash())
        .missing(d.missing())
        .build();
  }

  static Optional<Ref> parent(Corpus corpus, dev.corpusync.connection.ConnectionKey key, Ref ref) {
    return Optional.ofNullable(corpus.artifacts(key, List.of(ref)).get(ref))
        .flatMap(Artifact::parent);
  }

  /** What would be met on the way up; ends with the first that is met again. */
  static List<Ref> way(Corpus corpus, dev.corpusync.connection.ConnectionKey key, Ref from) {
    List<Ref> met = new ArrayList<>(List.of(from));
    Optional<Ref> next = parent(corpus, key, from);
    while (next.isPresent()) {
      boolean again = met.contains(next.get());
      met.add(next.get());
      next = again ? Optional.empty() : parent(corpus, key, next.get());
    }
    return met;
  }
}
