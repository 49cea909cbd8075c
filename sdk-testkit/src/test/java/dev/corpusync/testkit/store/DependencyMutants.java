package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Dependency;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.sync.UnreadPart;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mistakes in what answers depend on, and in what could not be read. */
final class DependencyMutants {
  private DependencyMutants() {}

  static void into(StoreMutants m) {
    m.add("STO-30c", "a deletion makes nothing stale", DependencyMutants::deletesQuietly);
    m.drafts(
        "STO-30d",
        "only what a deletion names makes stale",
        d -> {
          // As if the rest had gone in another commit.
          d.items.replaceAll(DependencyMutants::withoutLookUpsOfIssues);
        });
    m.drafts(
        "STO-30e",
        "takes the members of a container for its record",
        d -> d.changed.replaceAll(c -> isPart(c) ? Dependency.setting("none") : c));
    m.drafts(
        "STO-30f",
        "depends on no setting",
        d -> d.scopeDependencies.removeIf(s -> s.on().isSetting()));
    m.items(
        "STO-30g",
        "forgets the version of a container",
        i -> i.derived().isPresent() ? i : i.withVersion(0));
    m.calls("STO-30h", "no kind is looked up", "Corpus.isLookedUp", call -> false);
    m.each(
        "STO-30i",
        "counts attempts at a part from one",
        "Journal.unreadParts",
        (UnreadPart part) -> part.toBuilder().attempts(1).build());
    m.items("STO-30j", "forgets the older revision", i -> i.withOlder(Optional.empty()));
  }

  private static boolean isPart(Dependency dependency) {
    return dependency.text().startsWith("part/");
  }

  private static ItemWrite withoutLookUpsOfIssues(ItemWrite item) {
    return item.derived().isEmpty()
        ? item
        : item.withDerived(
            item.derived()
                .map(
                    d -> {
                      Set<dev.corpusync.document.Ref> lookups = new HashSet<>(d.lookups());
                      lookups.removeIf(ref -> ref.kind().equals(StoreFixture.ISSUE));
                      return new dev.corpusync.store.Derived(
                          d.document(), d.version(), lookups, d.missing());
                    }));
  }

  /** What a commit with a deletion made stale is not due until it changes once more. */
  private static AlteredStore deletesQuietly(AlteredStore altered) {
    Set<Object> quiet = new HashSet<>();
    return altered
        .on(
            "Store.commit",
            call -> {
              Commit commit = call.argument(0);
              if (commit.deletions().isEmpty()) {
                if (!commit.changed().isEmpty()) {
                  quiet.clear();
                }
                return call.proceed();
              }
              Set<Object> before = due(call);
              Object result = call.proceed();
              quiet.addAll(due(call));
              quiet.removeAll(before);
              return result;
            })
        .on(
            "Corpus.stale",
            call -> {
              List<Artifact> due = AlteredStore.list(call.proceed());
              due.removeIf(artifact -> quiet.contains(artifact.ref()));
              return due;
            });
  }

  private static Set<Object> due(AlteredStore.Call call) {
    Commit commit = call.argument(0);
    Set<Object> refs = new HashSet<>();
    call.right()
        .corpus()
        .stale(commit.fence().key(), StoreFixture.ISSUE, 1, Optional.empty(), 1_000)
        .forEach(artifact -> refs.add(artifact.ref()));
    return refs;
  }

  static ItemState.Builder known(ItemState state) {
    return ItemState.builder()
        .hash(state.hash())
        .revision(state.revision())
        .parent(state.parent())
        .access(state.access())
        .version(state.version())
        .stale(state.stale())
        .older(state.older());
  }
}
