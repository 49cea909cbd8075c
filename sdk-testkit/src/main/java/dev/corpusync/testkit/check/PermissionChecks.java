package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Principal;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.probe.AccessComparison;
import dev.corpusync.testkit.probe.IncompleteAccessLists;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** PERM: people read what they may read at the source, and nothing more. */
public abstract class PermissionChecks extends Area {
  public PermissionChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "PERM-01",
      rule = "Every document has exactly the readers that its record has at the source",
      does =
          "Every document has exactly the readers of its record, through its container where it "
              + "has none of its own, with lists of readers in one page and in many.",
      why = "Everything else rests on it (W33).",
      whenItFails =
          "Read the whole list as a part; `Access.inherited()` where the record says nothing "
              + "itself, `Access.known` where it does.",
      needs = Need.READERS)
  public final void readers_are_those_of_the_source() {
    for (int pages : List.of(1, 100)) {
      try (Trial trial = inhabited()) {
        trial.quirks().pageSize(pages);
        whole(trial, "with pages of " + pages);
        readers(trial).areRight("with pages of " + pages);
      }
    }
  }

  @Check(
      id = "PERM-02",
      rule =
          "A person who joins may read, and one who leaves may not, also where the record does"
              + " not change",
      does =
          "One reader takes another's place, without a change of the record where the API has that "
              + "habit.",
      why = "The one who left still finds it (W21, W22).",
      whenItFails =
          "A `PartListing` that touches nothing, for a list whose changes do not show in the "
              + "record.",
      needs = Need.READERS)
  public final void a_change_of_readers_is_followed() {
    eachRestricted(
        (trial, thing) -> {
          World world = trial.world();
          List<Person> others =
              world.people().stream().filter(p -> !thing.readers().contains(p)).toList();
          Person stays = thing.readers().get(0);
          world.share(thing, List.of(stays, others.get(0)), !isQuiet(world, thing));
          trial.sync();
          if (isQuiet(world, thing)) {
            trial.proveAbsences();
          }
          readers(trial).areRight("after one reader of " + thing + " took another's place");
        });
  }

  @Check(
      id = "PERM-03",
      rule = "A reader of an unknown kind gives access to nobody, never to everyone",
      does = "A reader without any known field, from the start and later.",
      why = "New sorts of grants appear, and the default decides who reads.",
      whenItFails = "Let the mapping give empty; a wide grant comes from a table of values only.",
      needs = {Need.READERS, Need.READERS_APART})
  public final void an_unknown_reader_is_nobody() {
    UnaryOperator<ObjectNode> nulls =
        json -> {
          json.propertyNames().forEach(json::putNull);
          return json;
        };
    for (UnaryOperator<ObjectNode> likeness : List.of(nulls, ObjectNode::removeAll)) {
      try (Trial trial = inhabited()) {
        trial.quirks().stranger(likeness);
        trial.sync();
        assertThat(
                readers(trial)
                    .areNoMore("when a reader of an unknown sort is listed from the start"))
            .as("documents that are not for everyone")
            .isPositive();
      }
      try (Trial trial = inhabited()) {
        whole(trial, "before a reader of an unknown sort is listed");
        trial.quirks().stranger(likeness);
        trial.world().readable().forEach(t -> trial.world().edit(t));
        trial.sync();
        trial.proveAbsences();
        assertThat(readers(trial).areNoMore("when a reader of an unknown sort is listed later"))
            .as("documents that are not for everyone")
            .isPositive();
      }
    }
  }

  @Check(
      id = "PERM-04",
      rule = "Readers of whom only a part could be read stay as they were, or are nobody",
      does =
          "The second page of readers answers 403, 404, 500. Readers are as they were or as they "
              + "should be, never wider; nobody only where the record has changed, and only until "
              + "the readers can be read again.",
      why =
          "\"the call failed\" was taken for \"nobody is listed\", and that for \"everyone of the "
              + "space\" (W20, W25).",
      whenItFails = "Declare the list as a part; do not turn \"denied\" into an empty list.",
      needs = {Need.READERS, Need.READERS_APART})
  public final void readers_that_could_not_be_read_stay_as_they_were() {
    for (int status : List.of(403, 404, 500)) {
      IncompleteAccessLists readers = new IncompleteAccessLists(subject(), status);
      eachRestricted(readers::later);
      try (Trial trial = inhabited()) {
        readers.fromTheStart(trial, restricted(trial.world()));
      }
    }
  }

  @Check(
      id = "PERM-05",
      rule = "What gets readers of its own is no longer read through what it is in, and back",
      does = "Something open gets readers of its own, container and record, and is opened again.",
      why = "Inheritance that was copied does not follow.",
      whenItFails = "Answer `inherited()`, do not copy the container's readers into the record.",
      needs = Need.READERS)
  public final void own_readers_replace_inherited_ones() {
    try (Trial trial = inhabited()) {
      whole(trial, "before anything is restricted");
      World world = trial.world();
      for (Type type : restrictable(world)) {
        Thing thing =
            world.visible(type.kind()).stream()
                .filter(t -> !t.isRestricted() && t.audience().isEmpty())
                .findFirst()
                .orElseThrow();
        world.restrict(thing);
        trial.sync();
        readers(trial).areRight("after " + thing + " was restricted to its readers");
        world.open(thing);
        trial.sync();
        readers(trial).areRight("after " + thing + " was opened again");
      }
    }
  }

  @Check(
      id = "PERM-07",
      rule = "What has no readers is read by nobody",
      does = "Everyone loses access. Nobody reads it then.",
      why =
          "An empty list is falsy in many languages, and \"no entries\" is not \"no rules\" (W21).",
      whenItFails = "An empty known list is an answer; give it to `Access.known`.",
      needs = Need.READERS)
  public final void no_readers_means_nobody() {
    eachRestricted(
        (trial, thing) -> {
          trial.world().share(thing, List.of(), true);
          trial.sync();
          trial.proveAbsences();
          readers(trial).areRight("after " + thing + " lost all its readers");
        });
  }

  @Check(
      id = "PERM-08",
      rule = "Wherever a run dies, a new text is never readable by those of the old one",
      does =
          "Things are edited and restricted at once; a death behind each exchange and each commit. "
              + "A new text never has the old readers.",
      why = "A moment is enough to index it for the wrong people.",
      whenItFails = "It is the store: access and content are one commit.",
      needs = Need.READERS)
  public final void a_new_text_never_has_old_readers() {
    CrashPlan counting = CrashPlan.counting();
    try (Trial trial = restrictedMeanwhile()) {
      trial.process(counting, engine -> engine.sync(Trial.KEY));
      readers(trial).areRight("after things were edited and restricted");
    }
    for (int step = 1; step <= counting.steps().size(); step++) {
      if (!counting.steps().get(step - 1).equals("commit")) {
        // An exchange changes nothing that is stored.
        continue;
      }
      try (Trial trial = restrictedMeanwhile()) {
        CrashPlan plan = CrashPlan.after(step);
        try {
          trial.process(plan, engine -> engine.sync(Trial.KEY));
        } catch (SimulatedCrash died) {
          // As planned: what is stored is compared.
        }
        assertThat(plan.died()).as("whether step %s was reached", step).isTrue();
        int at = step;
        readers(trial)
            .documents()
            .forEach(
                (thing, document) -> {
                  boolean isNew =
                      Index.texts(document).stream().anyMatch(t -> t.contains(thing.mark()));
                  assertThat(!isNew || readers(trial).isRight(thing, document))
                      .as(
                          "whether the new text of %s has its new readers after step %s: %s",
                          thing, at, document.readers())
                      .isTrue();
                });
      }
    }
  }

  /** After a first sync, everything is edited, and what was open is for readers only. */
  private Trial restrictedMeanwhile() {
    Trial trial = inhabited();
    whole(trial, "before anything is restricted");
    World world = trial.world();
    for (Type type : restrictable(world)) {
      world.visible(type.kind()).stream()
          .filter(t -> !t.isRestricted())
          .limit(2)
          .forEach(world::restrict);
    }
    world.readable().forEach(world::edit);
    return trial;
  }

  @Check(
      id = "PERM-09",
      rule = "An address in other letters is the same person",
      does = "The address of a reader comes in capitals.",
      why = "One person would be two.",
      whenItFails = "`Principal.email` folds case, `Principal.user` does not.",
      level = Check.Level.SHOULD,
      needs = {Need.READERS, Need.READERS_APART})
  public final void case_makes_no_difference() {
    eachRestricted(
        (trial, thing) -> {
          Map<Thing, Set<Principal>> before = principals(trial);
          Person reader = thing.readers().get(0);
          trial
              .world()
              .crowd()
              .change(
                  new Person(
                      reader.number(),
                      reader.login(),
                      reader.name(),
                      reader.email().toUpperCase(Locale.ROOT),
                      reader.boss()));
          trial.world().share(thing, thing.readers(), true);
          trial.sync();
          trial.proveAbsences();
          assertThat(principals(trial))
              .as("readers of each, of whom one is now written in capitals")
              .isEqualTo(before);
        });
  }

  /** Nothing that is for its readers only is empty. */
  private Trial inhabited() {
    Trial trial = trial();
    World world = trial.world();
    for (Type type : world.types()) {
      for (Thing container : restricted(world)) {
        if (type.parent().equals(Optional.of(container.kind()))) {
          world.move(world.add(type), container);
          world.move(world.add(type), container);
        }
      }
    }
    return trial;
  }

  private AccessComparison readers(Trial trial) {
    return new AccessComparison(subject(), trial);
  }

  private Map<Thing, Set<Principal>> principals(Trial trial) {
    return readers(trial).documents().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().readers()));
  }

  /** Something to do with a trial and one thing that is for its readers only. */
  private interface Deed {
    void on(Trial trial, Thing thing);
  }

  /** After a first sync, for a thing of each kind that can be for its readers only. */
  private void eachRestricted(Deed deed) {
    int kinds = subject().wire().types().size();
    int done = 0;
    for (int i = 0; i < kinds; i++) {
      try (Trial trial = inhabited()) {
        String kind = subject().wire().types().get(i).kind();
        List<Thing> things =
            restricted(trial.world()).stream().filter(t -> t.kind().equals(kind)).toList();
        if (!things.isEmpty()) {
          whole(trial, "before the readers of anything change");
          deed.on(trial, things.get(0));
          done++;
        }
      }
    }
    assertThat(done).as("kinds of which some are for their readers only").isPositive();
  }

  private static List<Thing> restricted(World world) {
    return world.types().stream()
        .flatMap(t -> world.visible(t.kind()).stream())
        .filter(Thing::isRestricted)
        .toList();
  }

  private static List<Type> restrictable(World world) {
    return world.types().stream().filter(t -> t.has(Trait.RESTRICTED)).toList();
  }

  private static boolean isQuiet(World world, Thing thing) {
    return world.types().stream()
        .anyMatch(t -> t.kind().equals(thing.kind()) && t.has(Trait.QUIETLY_SHARED));
  }
}
