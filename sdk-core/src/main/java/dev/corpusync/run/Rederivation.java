package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.PartListing;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Commit;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives stale documents again from what is stored, where a reference or the transformer has
 * changed: no request to the source (P9).
 */
final class Rederivation {
  private static final int PAGE = 200;
  private final RunContext run;
  private final Deriver deriver;

  Rederivation(RunContext run, Deriver deriver) {
    this.run = run;
    this.deriver = deriver;
  }

  /** Derives the stale documents of a stream, a page of them in each commit. */
  void run(StreamPlan plan) {
    plan.transformation().ifPresent(t -> run(plan, t.version()));
  }

  private void run(StreamPlan plan, int version) {
    Optional<String> after = Optional.empty();
    while (true) {
      List<Artifact> stale =
          run.store().corpus().stale(run.key(), plan.kind(), version, after, PAGE);
      if (stale.isEmpty()) {
        return;
      }
      run.alive();
      if (run.isOver()) {
        run.yielded();
        return;
      }
      derive(plan, stale);
      run.advanced();
      after = Optional.of(stale.get(stale.size() - 1).ref().id());
    }
  }

  private void derive(StreamPlan plan, List<Artifact> stale) {
    Map<Ref, StoredDocument> documents =
        run.store().corpus().documents(run.key(), stale.stream().map(Artifact::ref).toList());
    Map<Ref, Item> parents = parents(stale);
    Commit.Builder work = run.begin();
    for (Artifact artifact : stale) {
      Item item =
          StreamPlan.item(
              artifact, artifact.parent().map(parents::get), run.connection().settings());
      Set<String> missing =
          plan.parts().stream()
              .map(PartListing::part)
              .filter(p -> artifact.parts().payloads(p).isEmpty())
              .map(Part::name)
              .collect(Collectors.toSet());
      try {
        work.item(
            deriver.derive(
                plan,
                artifact,
                item,
                missing,
                Optional.of(artifact.access()),
                Optional.ofNullable(documents.get(artifact.ref()))));
      } catch (ItemFailed e) {
        Scope scope =
            artifact.parent().map(p -> Scope.of(plan.kind(), p)).orElse(Scope.of(plan.kind()));
        work.failed(FailedItem.identified(scope, artifact.ref().id(), e.reason(), run.now()));
      }
    }
    run.commit(work);
  }

  private Map<Ref, Item> parents(List<Artifact> of) {
    List<Ref> refs = of.stream().flatMap(a -> a.parent().stream()).distinct().toList();
    Map<Ref, Item> items = new HashMap<>();
    if (!refs.isEmpty()) {
      run.store()
          .corpus()
          .artifacts(run.key(), refs)
          .forEach(
              (ref, a) ->
                  items.put(
                      ref, StreamPlan.item(a, Optional.empty(), run.connection().settings())));
    }
    return items;
  }
}
