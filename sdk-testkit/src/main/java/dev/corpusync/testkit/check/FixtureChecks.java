package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Ref;
import dev.corpusync.sync.Counts;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** FIX: what everything else rests on. If one fails, no other check proves anything. */
public abstract class FixtureChecks extends Area {
  public FixtureChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "FIX-01",
      rule = "The wire format writes each item as itself, and the same each time",
      does =
          "Makes the record of each visible thing of the kit's world twice, by your wire format, "
              + "without the connector.",
      why =
          "Two things that look the same, or a record without its title, would let wrong "
              + "connectors through.",
      whenItFails = "Put the thing's id and its title into the record, and nothing of your own.")
  public final void the_wire_format_shows_each_thing_as_itself() {
    try (Trial trial = trial()) {
      Map<String, Thing> shown = new HashMap<>();
      for (var stream : subject().documentStreams()) {
        for (Thing thing : trial.world().visible(stream.kind().name())) {
          String json = subject().wire().surface().shown(thing).orElseThrow().toString();
          assertThat(json)
              .as("the record of %s, made twice", thing)
              .isEqualTo(subject().wire().surface().shown(thing).orElseThrow().toString())
              .as("the record of %s must hold its id and its title", thing)
              .contains(thing.id(), thing.title());
          assertThat(Optional.ofNullable(shown.put(json, thing)))
              .as("another thing than %s with the same record", thing)
              .isEmpty();
        }
      }
      assertThat(shown).as("records shown").isNotEmpty();
    }
  }

  @Check(
      id = "FIX-02",
      rule = "The world is rich enough for a check to fail on",
      does =
          "Counts what the world holds of each kind that becomes documents: enough things for "
              + "pages, equal times, and private ones where a field can hide one.",
      why = "A check that finds nothing to look at passes.",
      whenItFails =
          "Serve the kinds that the connector reads, and say with `visibility` which field hides a "
              + "record, or with `neverHidden` that none ever is.")
  public final void the_world_is_rich_enough() {
    try (Trial trial = trial()) {
      assertThat(subject().documentStreams())
          .as("streams of documents: without one there is nothing to prove")
          .isNotEmpty();
      for (var stream : subject().documentStreams()) {
        String kind = stream.kind().name();
        assertThat(subject().wire().types().stream().map(Type::kind))
            .as("kinds that the wire format serves, with that of each stream of documents")
            .contains(kind);
        List<Thing> visible = trial.world().visible(kind);
        assertThat(visible).as("visible things of kind %s", kind).hasSizeGreaterThan(8);
        assertThat(trial.world().all(kind).stream().allMatch(Thing::isVisible))
            .as(
                "whether every thing of kind %s is visible: say in the wire format which field"
                    + " hides one, or that none is ever hidden",
                kind)
            .isEqualTo(isOpen(kind));
        assertThat(visible.stream().map(Thing::updated).distinct().count())
            .as("times of change of kind %s: some must be equal", kind)
            .isLessThan(visible.size());
        assertThat(subject().wire().surface().shown(visible.get(0)).orElseThrow().toString())
            .as("a record of kind %s", kind)
            .contains(visible.get(0).id());
      }
    }
  }

  @Check(
      id = "FIX-03",
      rule = "The records of the wire format look like recorded ones",
      does =
          "Compares the records of the wire format with recorded ones: names and types of fields.",
      why = "A fake and a connector that share a mistake agree with each other.",
      whenItFails = "The recording is right.",
      level = Check.Level.SHOULD,
      needs = Need.RECORDING)
  public final void records_look_like_recorded_ones() {
    Recording recording = subject().recording().orElseThrow();
    bench().comparedWith(recording.name() + ", recorded on " + recording.made());
    assertThat(recording.records()).as("kinds that were recorded").isNotEmpty();
    try (Trial trial = trial()) {
      for (String kind : recording.records().keySet()) {
        List<ObjectNode> fakes =
            trial.world().visible(kind).stream()
                .map(t -> subject().wire().surface().shown(t).orElseThrow())
                .toList();
        assertThat(fakes).as("records of the recorded kind %s", kind).isNotEmpty();
        assertThat(recording.differences(kind, fakes))
            .as("what the wire format has, and %s does not", recording.name())
            .isEmpty();
      }
    }
  }

  @Check(
      id = "FIX-04",
      rule = "Every request is for a route that the wire format has",
      does =
          "Some syncs, and a fetch by id where there is one: every request must be for a route of "
              + "the wire format.",
      why = "What is mistyped is answered 404, and 404 can look like \"there is none\".",
      whenItFails = "The message has the request and the routes: one of the two is wrong.")
  public final void every_request_is_for_a_route() {
    try (Trial trial = trial()) {
      trial.sync();
      Thing edited = trial.world().edit();
      trial.sync();
      trial.resync();
      List<Ref> again =
          subject().documentStreams().stream()
              .filter(Need::isFetchedByIds)
              .filter(stream -> stream.kind().name().equals(edited.kind()))
              .map(stream -> subject().ref(stream, edited))
              .toList();
      if (!again.isEmpty()) {
        trial.process(engine -> engine.refresh(Trial.KEY, again));
      }
      assertThat(trial.server().count()).as("requests").isPositive();
      assertThat(trial.server().unmatched())
          .as(
              "requests that no route answers, which a connector can take for 'there is none'; the"
                  + " routes are %s",
              trial.site().routes())
          .isEmpty();
    }
  }

  @Check(
      id = "FIX-06",
      rule = "A first sync stores exactly what is visible, and that is something",
      does =
          "One sync: what is stored is what is visible, no more and no less, and that is "
              + "something.",
      why = "Everything else compares with this.",
      whenItFails =
          "Look at one document of the message. Often the wire format and the connector disagree "
              + "on a name.")
  public final void a_first_sync_stores_exactly_what_is_visible() {
    try (Trial trial = trial()) {
      Counts counts = whole(trial, "after a first sync").counts();
      assertThat(counts.seen())
          .as("records seen, which is what became of them: %s", counts)
          .isEqualTo(counts.stored() + counts.unchanged() + counts.hidden() + counts.failed())
          .isPositive();
    }
  }

  @Check(
      id = "FIX-07",
      rule = "Every route and every filter of the wire format is used, so nothing is left out",
      does =
          "Some syncs, a change and a deletion of each kind between them: each route and each "
              + "filter by time of the wire format must have been asked for. What the API refused "
              + "with 400 does not count, and is in the message.",
      why = "A connector that never asks for comments has no check of comments that fails.",
      whenItFails = "Read what the wire format serves, or serve less.")
  public final void every_route_is_used() {
    try (Trial trial = trial()) {
      trial.sync();
      ofEachKind(trial.world()).forEach(trial.world()::edit);
      trial.sync();
      ofEachKind(trial.world()).forEach(trial.world()::remove);
      trial.resync();
      trial.resync();
      if (!trial.site().unused().isEmpty()) {
        askForTheRest(trial);
      }
      assertThat(trial.site().unused())
          .as(
              "routes and filters of the wire format that the connector never asked for; what the"
                  + " API refused does not count: %s",
              trial.site().refused())
          .isEmpty();
    }
  }

  /** What is asked for only when a thing is fetched by its id, or when a container is gone. */
  private void askForTheRest(Trial trial) {
    World world = trial.world();
    List<Ref> wanted =
        subject().documentStreams().stream()
            .filter(Need::isFetchedByIds)
            .flatMap(
                s -> world.visible(s.kind().name()).stream().limit(1).map(t -> subject().ref(s, t)))
            .toList();
    if (!wanted.isEmpty()) {
      trial.process(engine -> engine.refresh(Trial.KEY, wanted));
    }
    world.types().stream()
        .filter(world::isContainer)
        .flatMap(type -> world.visible(type.kind()).stream().skip(1).limit(1))
        .forEach(world::remove);
    trial.resync();
    trial.resync();
  }

  /** A visible thing of each kind of which there are documents. */
  private List<Thing> ofEachKind(World world) {
    return subject().documentStreams().stream()
        .flatMap(stream -> world.visible(stream.kind().name()).stream().skip(3).limit(1))
        .toList();
  }

  private boolean isOpen(String kind) {
    return subject().wire().types().stream()
        .anyMatch(type -> type.kind().equals(kind) && type.has(Trait.OPEN));
  }
}
