package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Ref;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.reference.BatchReference;
import dev.corpusync.testkit.reference.TrackerReference;
import dev.corpusync.testkit.reference.TrackerWire;
import dev.corpusync.testkit.store.MutableCommit;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.transform.Lookups;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What the checks of HYD find out. */
final class LookupMutants {
  private LookupMutants() {}

  static List<Mutant> all() {
    return List.of(
        naming(
                "cannot do without an author",
                (id, lookups) ->
                    lookups
                        .name(TrackerReference.PERSON, id)
                        .orElseThrow(() -> new MalformedRecordException("nobody wrote this")))
            .foundBy("HYD-01"),
        naming(
                "shows null where a name is not known",
                (id, lookups) ->
                    String.valueOf(lookups.name(TrackerReference.PERSON, id).orElse(null)))
            .foundBy("HYD-02"),
        naming(
                "shows an Optional",
                (id, lookups) -> String.valueOf(lookups.name(TrackerReference.PERSON, id)))
            .foundBy("HYD-02"),
        naming(
                "shows nothing where a name is not known",
                (id, lookups) -> lookups.name(TrackerReference.PERSON, id).orElse(""))
            .foundBy("HYD-02"),
        naming("shows a number though the name is known", (id, lookups) -> "no. " + id)
            .foundBy("HYD-02"),
        new Mutant("asks for the people of each issue", LeakMutants.tracker(new Asking()))
            .foundBy("HYD-03"),
        new Mutant(
                "takes what a batch leaves out for deleted",
                BatchReference.subject(
                    new BatchReference() {
                      @Override
                      public ByIds byIds() {
                        return super.byIds().missingAreGone();
                      }
                    }))
            .foundBy("HYD-04"),
        new Mutant("a store that forgets who waits for a name", stored(true)).foundBy("HYD-05"),
        new Mutant("a store that forgets who shows a name", stored(false)).foundBy("HYD-07"),
        naming(
                "walks up to the last boss",
                (id, lookups) ->
                    walk(lookups, id) + lookups.name(TrackerReference.PERSON, id).orElse(id))
            .foundBy("HYD-06"),
        naming(
            "shows the boss beside the name",
            (id, lookups) ->
                lookups.name(TrackerReference.PERSON, id).orElse("no. " + id)
                    + lookups
                        .find(TrackerReference.PERSON, id)
                        .map(p -> " of " + p.id("boss_id"))
                        .orElse("")));
  }

  private static Mutant naming(String name, BiFunction<String, Lookups, String> author) {
    DocumentStream issues =
        new TrackerReference.Issues() {
          @Override
          public String author(Json record, Lookups lookups) {
            return author.apply(record.id("author_id"), lookups);
          }
        };
    return new Mutant(name, LeakMutants.tracker(issues));
  }

  private static String walk(Lookups lookups, String id) {
    String boss = lookups.find(TrackerReference.PERSON, id).map(p -> p.id("boss_id")).orElse("0");
    return boss.equals("0") ? "" : walk(lookups, boss);
  }

  private static final class Asking extends TrackerReference.Issues {
    @Override
    public List<PartListing> parts() {
      List<PartListing> all = new ArrayList<>(super.parts());
      all.add(
          PartListing.of(Part.named("people"), Touches.RECORD, TrackerReference.all("/people")));
      return all;
    }
  }

  /** A store that tells documents of new references only, or of changed ones only. */
  private static Subject stored(boolean ofNewOnes) {
    return Subject.of(
        new TrackerReference(),
        TrackerWire.WIRE,
        FaultyStores.each(real -> new Forgetful(real, ofNewOnes)));
  }

  private static final class Forgetful extends ForwardingStore {
    private final boolean ofNewOnes;

    Forgetful(Store real, boolean ofNewOnes) {
      super(real);
      this.ofNewOnes = ofNewOnes;
    }

    @Override
    public CommitResult commit(Commit commit) {
      List<Ref> people = commit.items().stream().map(item -> item.artifact().ref()).toList();
      Set<Dependency> known =
          store.corpus().artifacts(commit.fence().key(), people).keySet().stream()
              .map(Dependency::record)
              .collect(Collectors.toSet());
      MutableCommit told = new MutableCommit(commit);
      told.changed.removeIf(r -> known.contains(r) != ofNewOnes);
      return super.commit(told.commit());
    }
  }
}
