package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Ref;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** HYD: what a document shows of people is what they are called now, and costs little. */
public abstract class LookupChecks extends Area {
  private static final Pattern NOTHING =
      Pattern.compile("\\bnull\\b|\\bundefined\\b|Optional[\\[.]|\\$\\{|dev\\.corpusync");

  public LookupChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "HYD-01",
      rule = "A document by someone whom the source no longer knows is there all the same",
      does =
          "The source does not know the author of something, from the start and later. The "
              + "document is there.",
      why = "Accounts are deleted; what they wrote is not.",
      whenItFails = "A lookup gives an `Optional`; have an answer for the empty one.",
      needs = Need.PEOPLE)
  public final void someone_unknown_costs_no_document() {
    try (Trial trial = trial()) {
      Person gone = author(trial);
      trial.world().crowd().forget(gone);
      whole(trial, "when the source does not know one author");
    }
    try (Trial trial = trial()) {
      whole(trial, "before anyone is forgotten");
      trial.world().crowd().forget(author(trial));
      trial.proveAbsences();
      whole(trial, "after the source has forgotten one author");
    }
  }

  @Check(
      id = "HYD-02",
      rule = "Where a name is not known, the document shows what the record has, never nothing",
      does =
          "Where the name of an author is not known, the document shows a number, a login, an "
              + "address: something that the record has. Never nothing, and never what stands for "
              + "nothing.",
      why = "\"null wrote\" is what people remember of a search (3, 21).",
      whenItFails = "`lookups.name(...).orElse(...)` with something of the record.",
      needs = Need.PEOPLE)
  public final void an_unknown_name_is_not_nothing() {
    Map<Ref, String> known;
    Person gone;
    try (Trial trial = trial()) {
      gone = author(trial);
      whole(trial, "when all names are known");
      known = words(trial);
    }
    try (Trial trial = trial()) {
      trial.world().crowd().forget(gone);
      trial.sync();
      Map<Ref, String> now = words(trial);
      List<Ref> named =
          known.entrySet().stream()
              .filter(e -> e.getValue().contains(gone.name()))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(named)
          .as("documents that show the name of an author when it is known")
          .isNotEmpty();
      for (Ref ref : named) {
        String text = now.getOrDefault(ref, "");
        assertThat(NOTHING.matcher(text).find())
            .as("whether %s shows what stands for nothing: %s", ref, text)
            .isFalse();
        assertThat(forms(gone).stream().anyMatch(text::contains))
            .as(
                "whether %s shows any of %s where the name is not known: %s",
                ref, forms(gone), text)
            .isTrue();
      }
    }
  }

  @Check(
      id = "HYD-03",
      rule = "Requests for people do not grow with the number of records",
      does = "Four times the records: no more requests for people.",
      why = "One more request a record is what makes a sync take a day (86, W67).",
      whenItFails = "Read people as a stream of references; they are looked up in the store.",
      needs = Need.PEOPLE)
  public final void requests_for_people_do_not_grow_with_records() {
    long few = askedForPeople(Bench.SIZE);
    long many = askedForPeople(4 * Bench.SIZE);
    assertThat(few).as("requests for people with %s records", Bench.SIZE).isPositive();
    assertThat(many)
        .as(
            "requests for people with %s records; with %s they were %s",
            4 * Bench.SIZE, Bench.SIZE, few)
        .isLessThanOrEqualTo(few);
  }

  private long askedForPeople(int records) {
    try (Trial trial = trial(records)) {
      trial.quirks().pageSize(5);
      whole(trial, "with " + records + " records");
      Set<String> paths = subject().wire().surface().peoplePaths();
      return trial.server().exchanges().stream().filter(e -> paths.contains(e.path())).count();
    }
  }

  @Check(
      id = "HYD-04",
      rule = "What is fetched by id may come in another order, twice, or not at all",
      does =
          "What is fetched by several ids comes in another order, some twice, some not at all. "
              + "Nothing is mixed up, and nothing deleted.",
      why = "Batches leave out what is slow, moved or not for us, and say nothing.",
      whenItFails = "`missingAreGone()` only where the API promises it.",
      needs = Need.BATCHES)
  public final void a_batch_is_matched_by_id() {
    try (Trial trial = trial()) {
      whole(trial, "before anything is fetched by id");
      World world = trial.world();
      List<Ref> all = refs(world);
      world.readable().forEach(world::edit);
      // Where the API leaves out exactly what is deleted, nothing else may be left out.
      int least = subject().wire().surface().leavesOutWhatIsThere() ? 0 : 1;
      trial.quirks().timesInBatch(number -> Math.max(least, number % 3));
      Run run = trial.process(engine -> engine.refresh(Trial.KEY, all));
      assertThat(run.state()).as("a run by ids: %s", run.message()).isNotEqualTo(Run.State.FAILED);
      assertThat(trial.index().documents().keySet())
          .as("documents after a batch in which some come twice and some not at all")
          .containsExactlyInAnyOrderElementsOf(all);
      trial.quirks().timesInBatch(number -> 1 + number % 2);
      trial.process(engine -> engine.refresh(Trial.KEY, all));
      trial.index().isWhole("after all were fetched by id, in another order and some twice");
    }
  }

  private List<Ref> refs(World world) {
    List<Ref> refs = new ArrayList<>();
    for (var stream : subject().documentStreams()) {
      for (Thing thing : world.visible(stream.kind().name())) {
        refs.add(subject().ref(stream, thing));
      }
    }
    return refs;
  }

  @Check(
      id = "HYD-05",
      rule = "People who could not be read for a while are shown by their names afterwards",
      does =
          "People cannot be read for one run. Afterwards every document is as if nothing had "
              + "happened.",
      why = "\"unknown\" was stored for good (T19).",
      whenItFails =
          "Remember no names yourself; look them up, so that the engine knows who waits for whom.",
      needs = Need.PEOPLE)
  public final void people_who_could_not_be_read_are_named_afterwards() {
    Map<Ref, String> calm;
    try (Trial trial = trial()) {
      whole(trial, "when nothing goes wrong");
      calm = words(trial);
    }
    try (Trial trial = trial()) {
      for (String path : subject().wire().surface().peoplePaths()) {
        for (int n = 1; n <= 12; n++) {
          trial.server().fault(path, n, Fault.status(503));
        }
      }
      trial.sync();
      assertThat(trial.server().exchanges().stream().map(Exchange::fault))
          .as("faults of requests for people")
          .anyMatch(fault -> !fault.isEmpty());
      trial.server().heal();
      trial.sync();
      trial.proveAbsences();
      assertThat(words(trial)).as("documents once people can be read again").isEqualTo(calm);
    }
  }

  @Check(
      id = "HYD-06",
      rule = "People who refer to each other in a circle, or to themselves, end no run",
      does = "Everyone is someone's boss, in circles of two and of one.",
      why = "A walk up such a chain does not end.",
      whenItFails = "Follow references a fixed number of steps.",
      needs = Need.PEOPLE)
  public final void circles_of_people_end_no_run() {
    try (Trial trial = trial()) {
      List<Person> people = trial.world().people();
      for (int i = 0; i < people.size(); i++) {
        // Two circles of two, and the others are their own bosses.
        int boss = i < 4 ? people.get(i ^ 1).number() : people.get(i).number();
        Person p = people.get(i);
        trial.world().crowd().change(new Person(p.number(), p.login(), p.name(), p.email(), boss));
      }
      whole(trial, "when people are each other's bosses");
    }
  }

  @Check(
      id = "HYD-07",
      rule = "A new name is shown by every document that showed the old one",
      does =
          "Someone is renamed. After the next sync, every document shows the new name and none the "
              + "old one.",
      why = "Names change, and records do not.",
      whenItFails = "Take the name from the lookup, not from the copy in the record.",
      level = Check.Level.SHOULD,
      needs = Need.PEOPLE)
  public final void a_new_name_is_shown() {
    try (Trial trial = trial()) {
      whole(trial, "before anyone is renamed");
      Person before = author(trial);
      Set<Ref> named = showing(trial, before.name());
      assertThat(named).as("documents that show the name of an author").isNotEmpty();
      Person after =
          new Person(
              before.number(), before.login(), "Another Name", before.email(), before.boss());
      trial.world().crowd().change(after);
      trial.sync();
      assertThat(showing(trial, before.name()))
          .as("documents that still show the old name after the next sync")
          .isEmpty();
      assertThat(showing(trial, after.name()))
          .as("documents that show the new name")
          .containsAll(named);
    }
  }

  private static Set<Ref> showing(Trial trial, String name) {
    return words(trial).entrySet().stream()
        .filter(e -> e.getValue().contains(name))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Someone who has written something that is stored. */
  private static Person author(Trial trial) {
    return trial.world().readable().get(0).author();
  }

  /** All that a person could read of each document. */
  private static Map<Ref, String> words(Trial trial) {
    Map<Ref, String> words = new TreeMap<>();
    for (Map.Entry<Ref, StoredDocument> stored : trial.index().documents().entrySet()) {
      words.put(stored.getKey(), Index.texts(stored.getValue()) + " " + stored.getValue().fields());
    }
    return words;
  }

  /** What can stand for a person: any of the names and numbers that the API gives to them. */
  private Set<String> forms(Person person) {
    Set<String> forms = new java.util.TreeSet<>();
    forms.add(person.login());
    forms.add(Integer.toString(person.number()));
    subject()
        .wire()
        .surface()
        .shown(person)
        .forEach(json -> json.forEach(value -> scalar(value).ifPresent(forms::add)));
    return forms;
  }

  private static Optional<String> scalar(JsonNode value) {
    return value.isString() && !value.stringValue().isBlank()
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }
}
