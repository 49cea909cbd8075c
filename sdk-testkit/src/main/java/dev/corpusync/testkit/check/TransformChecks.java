package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Field;
import dev.corpusync.document.Ref;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.probe.FieldPaths;
import dev.corpusync.testkit.probe.JvmDefaults;
import dev.corpusync.testkit.probe.MutatedRecords;
import dev.corpusync.testkit.probe.MutatedRecords.Odd;
import dev.corpusync.testkit.probe.StreamProbe;
import dev.corpusync.testkit.probe.TransformReplay;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** TRF: a record becomes the same document everywhere, or a reported failure. */
public abstract class TransformChecks extends Area {
  /** Pairs that differ by what a database or a number would forget. */
  private static final List<String> ODD_IDS =
      List.of(
          "aB",
          "ab",
          "1",
          "01",
          "1.0",
          "1e0",
          "0",
          "-0",
          "null",
          "true",
          "x".repeat(200) + "1",
          "x".repeat(200) + "2");

  /** The number of a world's seventh thing. */
  private static final int SEVENTH = 400_149;

  public TransformChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "TRF-01",
      rule = "A bad record is reported by its id, and costs nothing else, wherever it stands",
      does =
          "Bad records, of which only the id and the visibility are left, stand first, last, "
              + "alone, and as a whole page. All others must be whole, and each bad one be "
              + "reported by its id or have a document of sorts; once they are good, nothing may "
              + "be missing and nothing be failed.",
      why =
          "One odd record in a hundred thousand must not stop the rest (P10), and what is left out "
              + "in silence is never missed.",
      whenItFails =
          "Read records in `transform` and the other questions, not in an extractor; hand what has "
              + "no id to `Page.Builder.unreadable`.")
  public final void a_bad_record_costs_nothing_else() {
    for (DocumentStream stream : subject().documentStreams()) {
      for (Set<Integer> bad :
          List.of(Set.of(0), Set.of(3, 4, 5), Set.of(1, 7), Set.of(Bench.SIZE - 1))) {
        try (Trial trial = trial()) {
          List<Thing> things = trial.world().visible(stream.kind().name());
          List<Odd> ways = new ArrayList<>();
          for (int i : bad) {
            ObjectNode plain = subject().wire().surface().shown(things.get(i)).orElseThrow();
            Thing thing = things.get(i);
            ways.add(
                new Odd(
                    "a bad record at " + i,
                    json -> json.equals(plain) ? spoilt(json, thing) : json,
                    false));
          }
          MutatedRecords odd = new MutatedRecords(subject(), trial, stream, ways);
          assertThat(odd.left()).as("oddities that change no record").isEmpty();
          odd.costNobodyElse();
          Set<Ref> reported =
              trial.store().journal().failures(Trial.KEY, 100).stream()
                  .filter(FailedItem::isIdentified)
                  .map(f -> stream.kind().ref(f.id()))
                  .collect(Collectors.toCollection(TreeSet::new));
          Set<Ref> survived = trial.index().documents().keySet();
          assertThat(odd.refs())
              .as("bad records that are neither reported by their id, %s, nor stored", reported)
              .allMatch(ref -> reported.contains(ref) || survived.contains(ref));
          odd.heal();
          odd.things().stream()
              .filter(t -> survived.contains(subject().ref(stream, t)))
              .forEach(trial.world()::edit);
          whole(trial, "once the bad records are good");
          assertThat(trial.store().journal().failures(Trial.KEY, 100))
              .as("failed items once the bad records are good")
              .isEmpty();
        }
      }
    }
  }

  /** Only what it is and who may see it is left. */
  private ObjectNode spoilt(ObjectNode record, Thing thing) {
    ObjectNode bad = record.deepCopy();
    Set<String> kept = new TreeSet<>();
    FieldPaths.ids(record, thing).forEach(at -> kept.add(top(at)));
    subject().wire().surface().hiding(thing.kind()).forEach(path -> kept.add(path.split("/")[0]));
    for (String name : List.copyOf(bad.propertyNames())) {
      if (!kept.contains(name)) {
        bad.set(name, JsonTree.object("unforeseen", true));
      }
    }
    return bad;
  }

  private static String top(JsonPointer at) {
    return at.toString().substring(1).split("/")[0];
  }

  @Check(
      id = "TRF-02",
      rule = "A run in which half of the records are bad fails, and deletes nothing",
      does =
          "Half of sixty stored records lose everything, their ids too. The run must have failed, "
              + "and every document be as it was; later all is well again.",
      why =
          "An API that changed its form looks like many bad records, and then like many deleted "
              + "ones.",
      whenItFails = "Do not leave out what cannot be read, and invent no ids.")
  public final void too_many_bad_records_fail_the_run() {
    try (Trial trial = trial(60)) {
      whole(trial, "at first");
      Set<JsonNode> bad =
          trial.world().readable().stream()
              .filter(t -> t.number() % 2 == 0)
              .map(t -> (JsonNode) subject().wire().surface().shown(t).orElseThrow())
              .collect(Collectors.toSet());
      assertThat(bad).as("records that are bad").hasSizeGreaterThan(25);
      trial
          .quirks()
          .record(
              json -> bad.contains(json) ? JsonTree.object("unforeseen", json.hashCode()) : json);
      Run run = trial.resync();
      assertThat(run.state())
          .as("the state of a run with %s bad records: %s", bad.size(), run.message())
          .isEqualTo(Run.State.FAILED);
      trial.index().isWhole("after a run with " + bad.size() + " bad records");
      trial.quirks().record(json -> json);
      // The pass that failed is ended first, and what had no id is forgotten after a whole one.
      trial.resync();
      succeeded(trial.resync(), "once the bad records are good");
      trial.index().isWhole("once the bad records are good");
    }
  }

  @Check(
      id = "TRF-03",
      rule = "Documents are the same in any language and zone, and in any order of JSON's names",
      does =
          "The same world is read on a machine set to Turkish in Kathmandu, to Arabic digits in "
              + "Kiritimati, and with the names of every JSON object in reverse. The documents "
              + "must be the same.",
      why = "Two nodes that differ would embed everything again and again.",
      whenItFails =
          "Name the language and the zone wherever one can be named; write fields in an order of "
              + "your own.")
  public final void documents_are_the_same_everywhere() {
    Map<Ref, String> plain = documents(JvmDefaults.usual(), false);
    assertThat(plain).as("documents").isNotEmpty();
    assertThat(documents(JvmDefaults.usual(), true))
        .as("documents of records whose names come in reverse")
        .isEqualTo(plain);
    for (JvmDefaults other : JvmDefaults.others()) {
      assertThat(documents(other, false)).as("documents on a machine %s", other).isEqualTo(plain);
    }
  }

  private Map<Ref, String> documents(JvmDefaults surroundings, boolean reversed) {
    try (Trial trial = trial()) {
      if (reversed) {
        trial.quirks().record(json -> (ObjectNode) FieldPaths.reversed(json));
      }
      succeeded(surroundings.in(trial::sync), "on a machine " + surroundings);
      return trial.index().text();
    }
  }

  @Check(
      id = "TRF-04",
      rule = "The same record gives the same document, in any order and on any thread",
      does =
          "Every stored record becomes a document twice more, backwards and on another thread. All "
              + "must be equal, without a request.",
      why =
          "A new version derives everything again (P9); a clock or a counter in it changes every "
              + "document each time.",
      whenItFails = "Use nothing in `transform` but its arguments.")
  public final void the_same_record_gives_the_same_document() throws InterruptedException {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      int before = trial.server().count();
      for (DocumentStream stream : subject().documentStreams()) {
        TransformReplay again = new TransformReplay(subject(), trial.store(), stream);
        Map<Ref, String> first = again.documents(false);
        Map<Ref, String> second = again.onAnotherThread();
        assertThat(first).as("documents of kind %s", stream.kind()).isNotEmpty();
        assertThat(second)
            .as("documents made again of the same records, backwards, on another thread")
            .isEqualTo(first);
      }
      assertThat(trial.server().count()).as("requests so far").isEqualTo(before);
    }
  }

  @Check(
      id = "TRF-06",
      rule = "Two ids that look alike stay two",
      does =
          "Things have ids such as `aB` and `ab`, `1`, `01` and `1.0`, `0`, `null`, and two of 201 "
              + "letters that differ in the last.",
      why = "Two records under one id are one document with the text of either.",
      whenItFails = "Answer `id` with `item.id(…)` as it is; no case, no number, no cut.",
      needs = Need.TEXT_IDS)
  public final void ids_that_look_alike_stay_two() {
    long seen = 0;
    for (DocumentStream stream : subject().documentStreams()) {
      List<Type> types =
          subject().wire().types().stream()
              .map(
                  t ->
                      t.kind().equals(stream.kind().name())
                          ? new Type(t.kind(), t.parent(), oddId(t), t.traits())
                          : t)
              .toList();
      World world = new World(Bench.SEED, types, 2 * Bench.SIZE);
      long odd =
          world.visible(stream.kind().name()).stream()
              .filter(t -> ODD_IDS.contains(t.id()))
              .filter(
                  t ->
                      FieldPaths.ids(subject().wire().surface().shown(t).orElseThrow(), t).stream()
                          .anyMatch(at -> true))
              .count();
      if (odd > 0) {
        try (Trial trial = bench().trial(world)) {
          whole(trial, "of things with the ids " + ODD_IDS);
        }
      }
      seen += odd;
    }
    assertThat(seen).as("things with odd ids").isPositive();
  }

  /** The seventh thing and those after it have odd ids; before it are containers, if any. */
  private static IntFunction<String> oddId(Type type) {
    return number -> {
      int place = (number - SEVENTH) / 7;
      return place >= 0 && place < ODD_IDS.size() ? ODD_IDS.get(place) : type.id().apply(number);
    };
  }

  @Check(
      id = "TRF-19",
      rule = "Two records with one id in two containers stay two",
      does =
          "Calls two things of one kind, in two containers, by the same id, and compares what they"
              + " are stored as. Where the API's ids are unique, say so in the wire format with"
              + " `Records.uniqueIds()`.",
      why =
          "An issue 7 in each project: with ids that are taken for unique everywhere, one project"
              + " shows the text of the other to its readers.",
      whenItFails = "Answer `ids()` with `Nested.Ids.UNDER_PARENT`.",
      needs = Need.NESTED_IDS)
  public final void one_id_in_two_containers_is_two() {
    List<NestedIds> pairs = NestedIds.of(subject());
    assertThat(pairs).as("kinds with one id in two containers").isNotEmpty();
    for (NestedIds pair : pairs) {
      assertThat(pair.one())
          .as("what the thing '%s' is stored as, which is in two containers", pair.id())
          .isNotEqualTo(pair.other());
    }
  }

  @Check(
      id = "TRF-08",
      rule = "Each declared field has a value of its type in some document",
      does =
          "Each field that is declared must have a value in some document, of its type; no name "
              + "may be declared twice.",
      why = "A filter on a field that is never filled finds nothing, and nobody knows why.",
      whenItFails = "Fill it or do not declare it; if the wire format leaves it out, add it there.",
      needs = Need.FIELDS)
  public final void declared_fields_have_values() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      for (DocumentStream stream : subject().documentStreams()) {
        assertThat(stream.fields().stream().map(Field::name))
            .as("names of the fields of kind %s", stream.kind())
            .doesNotHaveDuplicates();
        for (Field<?> field : stream.fields()) {
          List<Object> values =
              trial.index().documents().values().stream()
                  .filter(d -> d.ref().kind().equals(stream.kind()))
                  .flatMap(d -> Optional.ofNullable(d.fields().get(field.name())).stream())
                  .toList();
          assertThat(values)
              .as("values of the field '%s' of kind %s", field.name(), stream.kind())
              .isNotEmpty()
              .allMatch(value -> value instanceof List || field.type().isInstance(value));
        }
      }
    }
  }

  @Check(
      id = "TRF-16",
      rule = "Every recorded record becomes a document, or is hidden",
      does = "Each recorded record of the real API must become a document or be hidden.",
      why = "The kit's world is tidier than any real one.",
      whenItFails = "The field that the message names is not always what you thought.",
      level = Check.Level.SHOULD,
      needs = Need.RECORDING)
  public final void recorded_records_become_documents() {
    int made = 0;
    for (StreamProbe asked : StreamProbe.all(subject())) {
      String kind = asked.stream().kind().name();
      for (JsonNode record :
          subject().recording().orElseThrow().records().getOrDefault(kind, List.of())) {
        made += asked.accepts((ObjectNode) record) ? 1 : 0;
      }
    }
    assertThat(made).as("recorded records that became documents").isPositive();
  }
}
