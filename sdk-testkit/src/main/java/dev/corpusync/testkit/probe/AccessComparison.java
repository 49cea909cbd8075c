package dev.corpusync.testkit.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Who may read what is stored, beside who may read it in the world. */
public final class AccessComparison {
  private static final Set<Principal> WIDE = Set.of(Principal.anyone(), Principal.organisation());
  private final Subject subject;
  private final Trial trial;

  public AccessComparison(Subject subject, Trial trial) {
    this.subject = subject;
    this.trial = trial;
  }

  /** Every document has exactly the readers of its thing, and that was worth asking. */
  public void areRight(String when) {
    List<String> faults = new ArrayList<>();
    int restricted = 0;
    for (Map.Entry<Thing, StoredDocument> stored : documents().entrySet()) {
      Optional<List<Person>> audience = stored.getKey().audience();
      restricted += audience.isPresent() ? 1 : 0;
      Set<Principal> readers = stored.getValue().readers();
      if (!isRight(stored.getKey(), stored.getValue())) {
        faults.add(stored.getKey() + " is readable by " + readers + ", not " + names(audience));
      }
    }
    assertThat(restricted).as("documents that are not for everyone %s", when).isPositive();
    assertThat(faults).as("wrong readers %s", when).isEmpty();
  }

  /**
   * Nobody reads what is not for them; whether all read what is for them is left open.
   *
   * @return how many documents are not for everyone
   */
  public int areNoMore(String when) {
    List<String> faults = new ArrayList<>();
    int restricted = 0;
    for (Map.Entry<Thing, StoredDocument> stored : documents().entrySet()) {
      Optional<List<Person>> audience = stored.getKey().audience();
      if (audience.isPresent()) {
        restricted++;
        Set<Principal> readers = stored.getValue().readers();
        boolean more =
            isWide(readers)
                || trial.world().people().stream()
                    .filter(p -> !audience.get().contains(p))
                    .anyMatch(p -> readers.stream().anyMatch(r -> is(r, p)));
        if (more) {
          faults.add(stored.getKey() + " is readable by " + readers + ", not " + names(audience));
        }
      }
    }
    assertThat(faults).as("readers that should not be %s", when).isEmpty();
    return restricted;
  }

  /** What is stored, by the thing that it is of. */
  public Map<Thing, StoredDocument> documents() {
    Map<Ref, StoredDocument> all = trial.index().documents();
    Map<Thing, StoredDocument> byThing = new java.util.LinkedHashMap<>();
    for (DocumentStream stream : subject.documentStreams()) {
      for (Thing thing : trial.world().visible(stream.kind().name())) {
        Optional.ofNullable(all.get(subject.ref(stream, thing)))
            .ifPresent(document -> byThing.put(thing, document));
      }
    }
    return byThing;
  }

  /** Whether a document has the readers that its thing has now. */
  public boolean isRight(Thing thing, StoredDocument document) {
    return thing
        .audience()
        .map(all -> exactly(document.readers(), all))
        .orElseGet(() -> isWide(document.readers()));
  }

  private boolean exactly(Set<Principal> readers, List<Person> people) {
    return readers.size() == people.size()
        && people.stream().allMatch(p -> readers.stream().anyMatch(r -> is(r, p)));
  }

  private static boolean isWide(Set<Principal> readers) {
    return readers.stream().anyMatch(WIDE::contains);
  }

  /** Whether a principal is a person, by any of the names that the API gives to them. */
  private boolean is(Principal principal, Person person) {
    String text = principal.toString();
    String id = text.substring(text.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    Set<String> names = new TreeSet<>(List.of(person.login(), person.email()));
    names.add(Integer.toString(person.number()));
    subject
        .wire()
        .surface()
        .shown(person)
        .forEach(json -> json.forEach(value -> add(names, value)));
    return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(id));
  }

  private static void add(Set<String> names, JsonNode value) {
    if (value.isString()) {
      names.add(value.stringValue());
    }
  }

  private static String names(Optional<List<Person>> audience) {
    return audience.map(all -> all.stream().map(Person::login).toList().toString()).orElse("all");
  }
}
