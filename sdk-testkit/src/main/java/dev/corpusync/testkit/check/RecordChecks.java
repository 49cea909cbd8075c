package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Ref;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.probe.FieldMapping;
import dev.corpusync.testkit.probe.FieldPaths;
import dev.corpusync.testkit.probe.MutatedRecords;
import dev.corpusync.testkit.probe.MutatedRecords.Odd;
import dev.corpusync.testkit.probe.StreamProbe;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** TRF: whatever a record holds, it becomes a right document or a reported failure. */
public abstract class RecordChecks extends Area {
  private static final Pattern NO_WORDS =
      Pattern.compile("\\b(?:null|undefined|Optional|NaN)\\b|MissingNode|JsonNull");
  private static final Pattern NO_PROSE = Pattern.compile("\"?unforeseen\"?\\s*[:=]|\\[object");

  /** More digits than a double has. */
  private static final long LARGE = 9_007_199_254_740_993L;

  public RecordChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "TRF-09",
      rule = "A zero and a false are values",
      does =
          "Numbers and flags that become fields (found out by changing them) are 0 and false. The "
              + "fields must say so.",
      why =
          "\"no priority\" and \"priority 0\" are not the same, and a filter for false finds "
              + "nothing.",
      whenItFails = "Hand the `Optional` to `field`, do not filter by its value.",
      needs = Need.MAPPED_FIELDS)
  public final void a_zero_and_a_false_are_values() {
    List<FieldMapping> fields = FieldMapping.fields(subject());
    assertThat(fields).as("fields that come from a number or a flag").isNotEmpty();
    for (FieldMapping fed : fields) {
      assertThat(fed.when(fed.isNumber() ? (Object) 0 : false))
          .as("the field %s, where that is %s", fed, fed.isNumber() ? "0" : "false")
          .isEqualTo(Optional.of(fed.isNumber() ? (Object) 0L : false));
    }
  }

  @Check(
      id = "TRF-10",
      rule = "What is null or absent costs at most its own record, and is never read as a word",
      does =
          "Each place of a record is null, then absent, sixteen of them in one run. All others "
              + "must be whole; each odd one be stored under its own id, reported, or hidden "
              + "where the field of visibility was touched. No document may read `null`.",
      why = "What \"always\" is there is missing one day.",
      whenItFails =
          "`findText` and its like for what may be missing; do not call something hidden because "
              + "it cannot be read.")
  public final void what_is_missing_costs_at_most_its_own_record() {
    odd(
        (asked, at) ->
            List.of(
                new Odd(at + " null", json -> put(json, at, null), mayHide(asked, at)),
                new Odd(at + " absent", json -> FieldPaths.without(json, at), mayHide(asked, at))),
        trial -> hasNone(trial, NO_WORDS));
  }

  @Check(
      id = "TRF-11",
      rule = "A value of another type costs at most its own record, and is never read as text",
      does =
          "The same with each place an object, an array, a flag, a fraction, 1e400, another text, "
              + "another number. No document may show JSON.",
      why = "APIs give an id here and the object there, one or a list of one.",
      whenItFails = "Ask `Json` for the type that you mean; it names the path when it is another.")
  public final void another_type_costs_at_most_its_own_record() {
    odd(
        (asked, at) ->
            others(asked, at)
                .map(
                    value ->
                        new Odd(
                            at + " " + value,
                            json -> FieldPaths.with(json, at, value),
                            mayHide(asked, at)))
                .toList(),
        trial -> hasNone(trial, NO_PROSE));
  }

  @Check(
      id = "TRF-12",
      rule = "Unknown fields change nothing, and unknown values fail nothing",
      does =
          "Every object has one more field: the documents must be the same. Then each word that is "
              + "the same in all records, one at a time, is one that nobody has seen before: no "
              + "record may fail.",
      why = "APIs add fields and states without telling.",
      whenItFails = "Read what you need by its path; let an unknown state be a text.")
  public final void what_nobody_knows_does_no_harm() {
    Map<Ref, String> plain;
    try (Trial trial = trial()) {
      whole(trial, "at first");
      plain = trial.index().text();
    }
    assertThat(plain).as("documents").isNotEmpty();
    try (Trial trial = trial()) {
      trial.quirks().record(json -> (ObjectNode) FieldPaths.extended(json));
      succeeded(trial.sync(), "with a field that nobody knows in every object");
      assertThat(trial.index().text())
          .as("documents of records with a field that nobody knows in every object")
          .isEqualTo(plain);
    }
    for (StreamProbe asked : StreamProbe.all(subject())) {
      for (JsonPointer at : constants(asked)) {
        try (Trial trial = trial()) {
          JsonNode usual = asked.record(asked.first()).at(at);
          trial
              .quirks()
              .record(
                  json ->
                      json.at(at).equals(usual)
                          ? FieldPaths.with(json, at, JsonTree.object("v", "seldom-seen").get("v"))
                          : json);
          Run run = trial.sync();
          assertThat(trial.store().journal().failures(Trial.KEY, 10))
              .as("records that failed for a value at %s that nobody knows: %s", at, run.message())
              .isEmpty();
        }
      }
    }
  }

  @Check(
      id = "TRF-14",
      rule = "Large numbers are kept to the last digit",
      does =
          "Ids and fields that are numbers are 9007199254740993. They must be kept to the last "
              + "digit.",
      why = "As floating numbers, two neighbours are one.",
      whenItFails = "`item.id` and `item.number`, never `doubleValue`.",
      needs = Need.NUMBERS)
  public final void large_numbers_are_kept() {
    int seen = 0;
    for (StreamProbe asked : StreamProbe.all(subject())) {
      Thing thing = asked.first();
      for (JsonPointer at : FieldMapping.ids(asked)) {
        ObjectNode large = put(asked.record(thing), at, LARGE);
        String id = asked.id(thing, large);
        // Not everything that looks like the id is it.
        if (!id.equals(thing.id())) {
          assertThat(id).as("the id of a record with %s at %s", LARGE, at).isEqualTo("" + LARGE);
        }
        seen++;
      }
    }
    for (FieldMapping fed : FieldMapping.fields(subject())) {
      if (fed.isNumber()) {
        assertThat(fed.when(LARGE))
            .as("the field %s, where that is %s", fed, LARGE)
            .isEqualTo(Optional.of(LARGE));
        seen++;
      }
    }
    assertThat(seen).as("numbers that were changed").isPositive();
  }

  /** The ways in which one place of a record can be otherwise. */
  private interface Ways {
    List<Odd> at(StreamProbe asked, JsonPointer place);
  }

  private void odd(Ways ways, Consumer<Trial> after) {
    int run = 0;
    for (StreamProbe asked : StreamProbe.all(subject())) {
      List<Odd> all = new ArrayList<>();
      places(asked).forEach(at -> all.addAll(ways.at(asked, at)));
      while (!all.isEmpty()) {
        List<Odd> some = List.copyOf(all.subList(0, Math.min(all.size(), MutatedRecords.MOST)));
        all.removeAll(some);
        try (Trial trial = trial(2 * MutatedRecords.MOST)) {
          MutatedRecords odd = new MutatedRecords(subject(), trial, asked.stream(), some);
          odd.costNobodyElse();
          after.accept(trial);
          all.addAll(odd.left());
          run += some.size() - odd.left().size();
        }
      }
    }
    assertThat(run).as("records that came otherwise than they should").isPositive();
  }

  /** All places that any record of a kind has. */
  private static Set<JsonPointer> places(StreamProbe asked) {
    Set<JsonPointer> places = new LinkedHashSet<>();
    asked.things().forEach(t -> places.addAll(FieldPaths.all(asked.record(t))));
    // Elements of long lists are all alike.
    places.removeIf(at -> at.toString().matches(".*/[1-9]\\d*(/.*)?"));
    return places;
  }

  /** Places of texts that are the same in every record: words that the API chose. */
  private static List<JsonPointer> constants(StreamProbe asked) {
    return places(asked).stream()
        .filter(at -> !mayHide(asked, at))
        .filter(at -> asked.record(asked.first()).at(at).isString())
        .filter(
            at -> asked.things().stream().map(t -> asked.record(t).at(at)).distinct().count() == 1)
        .toList();
  }

  private static boolean mayHide(StreamProbe asked, JsonPointer at) {
    return asked.hides(at.toString().substring(1));
  }

  private static Stream<JsonNode> others(StreamProbe asked, JsonPointer at) {
    Thing sample =
        asked.things().stream()
            .filter(t -> !asked.record(t).at(at).isMissingNode())
            .findFirst()
            .orElseThrow();
    JsonNode usual = asked.record(sample).at(at);
    boolean isId = FieldPaths.isId(usual, sample);
    ObjectNode values =
        JsonTree.object(
            "object",
            JsonTree.object("unforeseen", 7),
            "array",
            List.of(),
            "objects",
            List.of(JsonTree.object("unforeseen", 7)),
            "flag",
            true,
            "fraction",
            new BigDecimal("-0.5"),
            "huge",
            new BigDecimal("1e400"));
    if (!isId) {
      // Another text or number is another id.
      values.put("text", "seven").put("number", -7);
    }
    return values.valueStream().filter(v -> v.getNodeType() != usual.getNodeType() || v.isNumber());
  }

  private static ObjectNode put(ObjectNode json, JsonPointer at, @Nullable Object value) {
    return FieldPaths.with(json, at, JsonTree.object("value", value).get("value"));
  }

  private static void hasNone(Trial trial, Pattern words) {
    World world = trial.world();
    trial
        .index()
        .documents()
        .forEach(
            (ref, document) ->
                assertThat(String.join("\n", Index.texts(document)))
                    .as("the text of %s, of %s", ref, world)
                    .doesNotContainPattern(words));
  }
}
