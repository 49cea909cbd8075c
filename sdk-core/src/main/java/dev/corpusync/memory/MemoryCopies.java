package dev.corpusync.memory;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.StoredCursor;
import dev.corpusync.sync.UnreadPart;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Copies of values in the form in which the memory store keeps them. Pure functions. */
final class MemoryCopies {
  private MemoryCopies() {}

  static Artifact copy(Artifact a) {
    List<Principal> readers =
        a.access().readers().stream()
            .map(p -> Principal.parse(Storable.text(p.toString())))
            .toList();
    return Artifact.stored(
        Storable.ref(a.ref()),
        a.parent().map(Storable::ref),
        Revision.parse(Storable.text(a.revision().toString())),
        a.payload().bytes(),
        a.parts().encoded(),
        Access.stored(a.access().mode(), readers));
  }

  static Set<String> storable(Set<String> keys) {
    Set<String> all = new HashSet<>();
    keys.forEach(key -> all.add(Storable.text(key)));
    return Set.copyOf(all);
  }

  static FailedItem storable(FailedItem f) {
    return FailedItem.builder(Storable.scope(f.scope()), Storable.text(f.id()))
        .identity(f.identity())
        .reason(Storable.text(f.reason()))
        .attempts(f.attempts())
        .first(Storable.time(f.first()))
        .last(Storable.time(f.last()))
        .build();
  }

  static UnreadPart storable(UnreadPart p) {
    return UnreadPart.builder(
            Storable.scope(p.scope()), Storable.ref(p.item()), Storable.text(p.part()))
        .reason(Storable.text(p.reason()))
        .attempts(p.attempts())
        .first(Storable.time(p.first()))
        .last(Storable.time(p.last()))
        .next(Storable.time(p.next()))
        .build();
  }

  static EntityTag storable(EntityTag v) {
    return new EntityTag(Storable.text(v.call()), Storable.text(v.etag()), Storable.ref(v.owner()));
  }

  static HeldDeletion storable(HeldDeletion h) {
    return HeldDeletion.builder(Storable.text(h.plan()), Storable.scope(h.scope()))
        .total(h.total())
        .documents(h.documents())
        .reason(h.reason())
        .since(Storable.time(h.since()))
        .build();
  }

  static Checkpoint storable(Checkpoint p) {
    Optional<Pass> pass =
        p.pass()
            .map(
                x ->
                    Pass.builder(x.mode())
                        .next(x.next().map(MemoryCopies::storable))
                        .candidate(x.candidate().map(Storable::time))
                        .deltaToken(x.deltaToken().map(MemoryCopies::storable))
                        .pages(x.pages())
                        .proof(x.proof())
                        .ended(x.ended())
                        .cycleTrail(Storable.text(x.cycleTrail()))
                        .build());
    return Checkpoint.builder(Storable.scope(p.scope()))
        .watermark(p.watermark().map(Storable::time))
        .deltaToken(p.deltaToken().map(MemoryCopies::storable))
        .completed(p.completed())
        .pass(pass)
        .suspects(Storable.text(p.suspects()))
        .settingsFingerprint(Storable.text(p.settingsFingerprint()))
        .fullPassOwed(p.fullPassOwed())
        .tombstoned(p.tombstoned().stream().map(Storable::text).toList())
        .hiddenUnder(Storable.text(p.hiddenUnder()))
        .round(Storable.text(p.round()))
        .build();
  }

  static StoredCursor storable(StoredCursor c) {
    return new StoredCursor(
        Storable.text(c.owner()), Storable.text(c.format()), Storable.text(c.json()));
  }

  static Run storable(Run r) {
    return Run.builder(Storable.key(r.key()), Storable.text(r.id()))
        .trigger(r.trigger())
        .state(r.state())
        .started(Storable.time(r.started()))
        .ended(r.ended().map(Storable::time))
        .counts(r.counts())
        .message(Storable.text(r.message()))
        .failureKind(r.failureKind())
        .notBefore(r.notBefore().map(Storable::time))
        .round(Storable.text(r.round()))
        .build();
  }
}
