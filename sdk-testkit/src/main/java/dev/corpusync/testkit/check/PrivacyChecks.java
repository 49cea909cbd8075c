package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.probe.OtherTenant;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Hidden;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PRIV: what is not plainly visible is private. */
public abstract class PrivacyChecks extends Area {
  public PrivacyChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "PRIV-02",
      rule = "A record that does not say that it is visible is private",
      does = "Records without the field that says whether they are visible, from birth and later.",
      why =
          "Fields go missing when a scope is lost or an API changes, and \"missing\" must not mean "
              + "\"public\" (91).",
      whenItFails = "Use `Visibility.allow` on the field; do not fill in a default.",
      needs = Need.HIDEABLE_RECORDS)
  public final void a_record_without_the_field_is_private() {
    hides(hideableDocuments(), List.of(Hidden.MISSING));
  }

  @Check(
      id = "PRIV-03",
      rule = "A record that says it in any other way than the known one is private",
      does =
          "The field is null, empty, a value that nobody knows, the right value in other letters "
              + "or in another JSON type. Where several fields can hide a record, each of them in "
              + "turn: tell the wire format of each with `visibility`, or with `visibleWhen` "
              + "where a field has several values.",
      why = "A new value of an API is as likely to mean \"secret\" as \"public\" (40, 90).",
      whenItFails =
          "Name the values that are visible, and nothing else; compare neither letters loosely nor "
              + "texts of values.",
      needs = Need.HIDEABLE_RECORDS)
  public final void an_unknown_value_is_private() {
    hides(
        hideableDocuments(),
        Stream.of(Hidden.values())
            .filter(v -> v != Hidden.MISSING && v != Hidden.PRIVATE)
            .toList());
  }

  @Check(
      id = "PRIV-04",
      rule = "What is in a container that is not plainly visible is private, also what moves there",
      does =
          "A container that does not plainly say that it is visible, in each of those ways, and a "
              + "thing that moves into a hidden one.",
      why = "A record in a private project often says nothing itself.",
      whenItFails =
          "Answer `visibility` for the container, nest what is in it, or ask for both with `and`.",
      needs = Need.HIDEABLE_CONTAINERS)
  public final void what_is_in_a_hidden_container_is_private() {
    hides(hideableContainers(), List.of(Hidden.values()));
    try (Trial trial = trial()) {
      whole(trial, "before anything moves");
      World world = trial.world();
      Thing moved = nested(world).get(0);
      world.move(moved, hiddenContainer(world));
      trial.sync();
      trial.proveAbsences();
      trial.index().isWhole("after " + moved + " has moved into a hidden container");
    }
  }

  /** Hidden from birth, and hidden later, each in each of the ways. */
  private void hides(List<Type> types, List<Hidden> ways) {
    assertThat(types).as("kinds whose records say whether they are visible").isNotEmpty();
    for (Type type : types) {
      int fields = subject().wire().surface().hiding(type.kind()).size();
      for (int field = 0; field < fields; field++) {
        hides(type, field, ways);
      }
    }
  }

  private void hides(Type type, int field, List<Hidden> ways) {
    String where = " by " + subject().wire().surface().hiding(type.kind()).get(field);
    try (Trial trial = trial()) {
      World world = trial.world();
      for (Hidden how : ways) {
        Thing born = world.add(type);
        if (world.isContainer(type)) {
          fill(world, born);
        }
        world.hide(born, how, field);
      }
      trial.sync();
      trial.index().isWhole("when a " + type.kind() + " was never visible" + where + ": " + ways);
      for (Hidden how : ways) {
        // One that an administrator has not let in by its name.
        Thing before =
            world.visible(type.kind()).stream()
                .filter(t -> !t.isRestricted())
                .reduce((a, b) -> b)
                .orElseThrow();
        world.hide(before, how, field);
        trial.sync();
        trial.proveAbsences();
        trial.index().isWhole("when " + before + " is no longer visible" + where + ": " + how);
        world.show(before);
      }
    }
  }

  private static void fill(World world, Thing container) {
    for (Type type : world.types()) {
      if (type.parent().equals(Optional.of(container.kind()))) {
        world.move(world.add(type), container);
      }
    }
  }

  @Check(
      id = "PRIV-05",
      rule = "What becomes private is gone after the next sync",
      does = "Something visible becomes private. After the next sync it is gone.",
      why =
          "\"not shown any more\" must reach the store at once, not with the next full listing "
              + "(92, W27).",
      whenItFails =
          "Do not leave private records out of a page: the gate has to see them, or it cannot "
              + "delete what it kept.",
      needs = Need.HIDEABLE_RECORDS)
  public final void what_becomes_private_is_gone_after_the_next_sync() {
    try (Trial trial = trial()) {
      whole(trial, "before anything is hidden");
      Thing hidden = trial.world().hide(Hidden.PRIVATE);
      whole(trial, "after " + hidden + " has become private");
    }
  }

  @Check(
      id = "PRIV-06",
      rule =
          "What becomes private without a new time of change is gone after the next full listings",
      does = "The same without a new time of change. After two full listings it is gone.",
      why = "Some APIs do not count this as a change.",
      whenItFails = "Judge each record each time; remember no verdict.",
      needs = Need.HIDEABLE_RECORDS)
  public final void what_becomes_private_silently_is_gone_after_a_full_listing() {
    try (Trial trial = trial()) {
      whole(trial, "before anything is hidden");
      Thing hidden = hideable(trial.world()).get(2);
      trial.world().hideSilently(hidden, Hidden.PRIVATE);
      trial.sync();
      trial.proveAbsences();
      trial.index().isWhole("after " + hidden + " has become private without a new time");
    }
  }

  @Check(
      id = "PRIV-07",
      rule = "What becomes private while it is being read is judged by what was read of it",
      does = "Before each exchange in turn, nearly everything becomes private.",
      why = "Between a listing and a fetch there is time, and the older verdict is the wrong one.",
      whenItFails = "Judge what is kept by what was read of it, not by what listed it.",
      needs = Need.HIDEABLE_RECORDS)
  public final void what_becomes_private_meanwhile_is_judged_by_what_was_read() {
    int exchanges = exchanges();
    assertThat(exchanges).as("exchanges of a first sync").isPositive();
    for (int moment : each(exchanges)) {
      try (Trial trial = trial()) {
        World world = trial.world();
        trial
            .server()
            .before(
                number -> {
                  if (number == moment) {
                    List<Thing> all = hideable(world);
                    all.subList(0, all.size() - 1).forEach(t -> world.hide(t, Hidden.PRIVATE));
                  }
                });
        trial.sync();
        assertThat(trial.server().count())
            .as("exchanges, of which no. %s was the moment", moment)
            .isGreaterThanOrEqualTo(moment);
        hasNothingPrivate(trial, "when nearly all was hidden before exchange " + moment);
        trial.sync();
        trial.proveAbsences();
        trial.index().isWhole("once nearly all was hidden, before exchange " + moment);
      }
    }
  }

  @Check(
      id = "PRIV-08",
      rule = "What becomes visible again is stored again, and the other way round",
      does =
          "Private, visible again, private again; and something private from birth becomes "
              + "visible.",
      why = "A rule that works one way only loses content for good.",
      whenItFails = "Keep no list of what was hidden once.",
      needs = Need.HIDEABLE_RECORDS)
  public final void what_becomes_visible_again_is_there_again() {
    try (Trial trial = trial()) {
      whole(trial, "before anything is hidden");
      Thing thing = trial.world().hide(Hidden.PRIVATE);
      trial.sync();
      trial.world().show(thing);
      whole(trial, "after " + thing + " was private and has become visible again");
      trial.world().hide(thing, Hidden.PRIVATE);
      trial.sync();
      trial.proveAbsences();
      trial.index().isWhole("after " + thing + " has become private again");
      Thing born =
          trial.world().all(thing.kind()).stream()
              .filter(t -> t.hidden().isPresent() && t != thing)
              .findFirst()
              .orElseThrow();
      trial.world().show(born);
      whole(trial, "after " + born + ", private from birth, has become visible");
    }
  }

  @Check(
      id = "PRIV-09",
      rule = "What cannot be read, and what is denied, is not taken for visible",
      does =
          "All requests of one sort answer 403, 404, 500, after a record and a container were "
              + "hidden. Where containers cannot be read, what is in them stays as it was.",
      why = "\"we could not ask\" is where rules fail open (W20, W26).",
      whenItFails =
          "Let `send` fail; what `attempt` calls denied is unknown, and unknown is private.")
  public final void what_is_denied_is_not_taken_for_visible() {
    new DeniedRequests(this).run();
  }

  @Check(
      id = "PRIV-13",
      rule = "Of what has become private no copy is left anywhere in the store",
      does = "Of what has become private, the old text is looked for in everything that is stored.",
      why = "Copies are forgotten where nobody looks (W47).",
      whenItFails = "It is the store: see `StoreContract`.",
      needs = Need.HIDEABLE_RECORDS)
  public final void no_copy_is_left() {
    try (Trial trial = trial()) {
      whole(trial, "before anything is hidden");
      Thing hidden = hideable(trial.world()).get(1);
      String words = hidden.mark();
      assertThat(trial.traces().holdings())
          .as("what is stored before anything is hidden")
          .contains(words);
      trial.world().hide(hidden, Hidden.PRIVATE);
      trial.sync();
      trial.proveAbsences();
      assertThat(trial.traces().holdings().contains(words))
          .as("whether the text of %s is anywhere in the store, now that it is private", hidden)
          .isFalse();
    }
  }

  @Check(
      id = "PRIV-15",
      rule = "Two tenants with the same ids see nothing of each other",
      does =
          "Two tenants with the same ids on one engine and one store, people of the same numbers "
              + "with other names.",
      why = "What a connector or a store remembers by id alone goes to the wrong tenant (W64).",
      whenItFails = "Keep nothing in fields of a connector; put the tenant into every key.")
  public final void tenants_see_nothing_of_each_other() {
    try (Trial trial = trial()) {
      new OtherTenant(subject(), trial).bothAreAlone();
    }
  }

  @Check(
      id = "PRIV-16",
      rule = "When a whole container becomes private, everything in it is deleted",
      does = "A container with things in it becomes private, and visible again.",
      why = "The things themselves do not change (93).",
      whenItFails = "List private containers too, so that the engine sees that they are.",
      needs = Need.HIDEABLE_CONTAINERS)
  public final void what_is_in_a_container_that_becomes_private_goes() {
    try (Trial trial = trial()) {
      whole(trial, "before the container is hidden");
      World world = trial.world();
      Thing fullest = nested(world).get(0).parent();
      long inside = nested(world).stream().filter(t -> t.parent() == fullest).count();
      assertThat(inside).as("visible things in %s", fullest).isGreaterThan(1);
      world.hide(fullest, Hidden.PRIVATE);
      trial.sync();
      trial.proveAbsences();
      trial.index().isWhole("after " + fullest + " with " + inside + " things has become private");
      world.show(fullest);
      trial.sync();
      trial.proveAbsences();
      trial.index().isWhole("after " + fullest + " has become visible again");
    }
  }

  static void hasNothingPrivate(Trial trial, String when) {
    String stored = trial.traces().holdings();
    assertThat(trial.secrets().stream().filter(stored::contains))
        .as("private words in the store %s", when)
        .isEmpty();
  }

  private int exchanges() {
    try (Trial trial = trial()) {
      trial.sync();
      return trial.server().count();
    }
  }

  private List<Type> hideableDocuments() {
    return subject().wire().types().stream()
        .filter(t -> t.has(Trait.HIDEABLE))
        .filter(t -> subject().documentStreams().stream().anyMatch(s -> is(s.kind().name(), t)))
        .toList();
  }

  private List<Type> hideableContainers() {
    List<Type> types = subject().wire().types();
    return types.stream()
        .filter(t -> t.has(Trait.HIDEABLE))
        .filter(t -> types.stream().anyMatch(n -> n.parent().equals(Optional.of(t.kind()))))
        .toList();
  }

  private static boolean is(String kind, Type type) {
    return type.kind().equals(kind);
  }

  /** Visible things that can say for themselves that they are not. */
  private static List<Thing> hideable(World world) {
    List<String> kinds =
        world.types().stream().filter(t -> t.has(Trait.HIDEABLE)).map(Type::kind).toList();
    return world.readable().stream().filter(t -> kinds.contains(t.kind())).toList();
  }

  private static List<Thing> nested(World world) {
    return world.readable().stream().filter(t -> t.findParent().isPresent()).toList();
  }

  private static Thing hiddenContainer(World world) {
    return world.all().stream()
        .filter(t -> t.hidden().isPresent() && !t.isDeleted())
        .filter(t -> world.all().stream().anyMatch(n -> n.findParent().equals(Optional.of(t))))
        .findFirst()
        .orElseThrow();
  }
}
