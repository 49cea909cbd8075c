package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Parts;
import dev.corpusync.document.Chunk;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Pass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes in what a commit writes, and in what is due to be derived again. */
final class CommitMutants {
  private CommitMutants() {}

  static void into(StoreMutants m) {
    m.items(
        "STO-03a",
        "forgets the parts of a record",
        i ->
            StoreMutants.with(
                i,
                Artifact.stored(
                    i.artifact().ref(),
                    i.artifact().parent(),
                    i.artifact().revision(),
                    i.artifact().payload().bytes(),
                    Parts.none().encoded(),
                    i.artifact().access())));
    m.add("STO-03a", "keeps the last commit in memory only", CommitMutants::writesBehind);
    m.calls(
        "STO-03b",
        "does not know the parent of what it knows",
        "Corpus.states",
        call -> {
          Map<String, ItemState> changed = new LinkedHashMap<>();
          ((Map<?, ?>) call.proceed())
              .forEach(
                  (id, k) -> {
                    ItemState known = (ItemState) k;
                    changed.put(
                        (String) id,
                        DependencyMutants.known(known).parent(Optional.empty()).build());
                  });
          return changed;
        });
    m.drafts(
        "STO-03c",
        "forgets the trail of a pass",
        d ->
            d.checkpoint =
                d.checkpoint.map(
                    p -> p.pass().map(pass -> p.withPass(withoutTrail(pass))).orElse(p)));
    m.lists(
        "STO-03d",
        "gives seen pages in the order of writing",
        "Checkpoints.seen",
        (List<long[]> pages) -> {
          Collections.reverse(pages);
          return pages;
        });
    m.documents(
        "STO-03e",
        "sorts chunks by key",
        d -> withChunks(d, d.chunks().stream().sorted(Comparator.comparing(Chunk::key)).toList()));
    m.documents(
        "STO-03f",
        "says that every document is complete",
        d ->
            StoredDocument.builder(d.connection(), d.ref())
                .parent(d.parent())
                .title(d.title())
                .fields(d.fields())
                .chunks(d.chunks())
                .readers(d.readers())
                .metadataHash(d.metadataHash())
                .missing(Set.of())
                .build());
    m.add("STO-03g", "hands out what it keeps", CommitMutants::handsOut);
    m.items("STO-04a", "an upsert is always an event", CommitMutants::withEvent);
    m.drafts(
        "STO-04b",
        "the first of two writes wins",
        d -> {
          Map<Object, ItemWrite> first = new LinkedHashMap<>();
          d.items.forEach(i -> first.putIfAbsent(i.artifact().ref(), i));
          d.items = new ArrayList<>(first.values());
        });
    m.add("STO-23a", "loses the fifth write of a thing", CommitMutants::losesTheFifth);
    m.add(
        "STO-30a",
        "a changed reference makes every document stale",
        altered -> {
          boolean[] changed = new boolean[1];
          return altered
              .on(
                  "Store.commit",
                  call -> {
                    changed[0] |= !((Commit) call.argument(0)).changed().isEmpty();
                    return call.proceed();
                  })
              .on("Corpus.stale", call -> changed[0] ? call.with(2, -1) : call.proceed());
        });
    m.calls(
        "STO-30b",
        "only an older version is due",
        "Corpus.stale",
        call -> {
          int wanted = call.argument(2);
          List<Artifact> due = AlteredStore.list(call.proceed());
          due.removeIf(
              a -> {
                ItemState known =
                    call.right()
                        .corpus()
                        .states(call.argument(0), a.ref().kind(), List.of(a.ref().id()))
                        .get(a.ref().id());
                return known.version() > wanted;
              });
          return due;
        });
  }

  private static Pass withoutTrail(Pass p) {
    return Pass.builder(p.mode())
        .next(p.next())
        .candidate(p.candidate())
        .deltaToken(p.deltaToken())
        .pages(p.pages())
        .proof(p.proof())
        .ended(p.ended())
        .build();
  }

  static StoredDocument withChunks(StoredDocument d, List<Chunk> chunks) {
    return StoredDocument.builder(d.connection(), d.ref())
        .parent(d.parent())
        .title(d.title())
        .fields(d.fields())
        .chunks(chunks)
        .readers(d.readers())
        .metadataHash(d.metadataHash())
        .missing(d.missing())
        .build();
  }

  static ItemWrite withEvent(ItemWrite i) {
    return i.derived().isPresent() && i.event().isEmpty()
        ? i.withEvent(StoreFixture.event(Aspect.CONTENT, "c1"))
        : i;
  }

  /** Each commit is written when the next call comes, so a store that is opened anew misses it. */
  private static AlteredStore writesBehind(AlteredStore altered) {
    List<AlteredStore.Call> waiting = new ArrayList<>();
    // Under a lock: what one thread still writes, another must not read past.
    AlteredStore.Alteration flush =
        call -> {
          synchronized (waiting) {
            waiting.forEach(AlteredStore.Call::proceed);
            waiting.clear();
          }
          return call.proceed();
        };
    return altered
        .on("Connections|Leases|Corpus|Checkpoints|Journal|Outbox", flush)
        .on(
            "Store.commit",
            call -> {
              Commit commit = call.argument(0);
              // what the caller is told has to be right, so only a plain page waits
              boolean plain = commit.items().size() == 2 && commit.deletions().isEmpty();
              if (!plain) {
                return flush.on(call);
              }
              synchronized (waiting) {
                waiting.add(call);
              }
              return new dev.corpusync.store.CommitResult(commit.counts());
            });
  }

  private static AlteredStore handsOut(AlteredStore altered) {
    Map<String, Object> kept = new ConcurrentHashMap<>();
    return altered
        .on(
            "Corpus.artifacts|Checkpoints.seen",
            call ->
                kept.computeIfAbsent(
                    call.method().getName() + List.of(call.arguments()), x -> call.proceed()))
        .on(
            "Store.commit",
            call -> {
              kept.clear();
              return call.proceed();
            })
        .on(
            "Connections.disconnect",
            call -> {
              kept.clear();
              return call.proceed();
            });
  }

  private static AlteredStore losesTheFifth(AlteredStore altered) {
    Map<Object, Integer> writes = new ConcurrentHashMap<>();
    return altered.on(
        "Store.commit",
        call ->
            StoreMutants.committing(
                call,
                d -> {
                  Object key = d.fence.key();
                  if (d.fence.key().tenant().equals("walk")) {
                    d.items.removeIf(
                        i -> writes.merge(List.of(key, i.artifact().ref()), 1, Integer::sum) == 5);
                  }
                }));
  }
}
