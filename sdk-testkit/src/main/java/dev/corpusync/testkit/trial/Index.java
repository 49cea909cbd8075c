package dev.corpusync.testkit.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is stored, beside what the world says should be. */
public final class Index {
  private static final Pattern MARK = Pattern.compile("\\b(?:re)?mark-\\d+(?:-\\d+)?");
  private final Subject subject;
  private final World world;
  private final Map<Ref, StoredDocument> documents = new TreeMap<>();

  public Index(Subject subject, World world, Store store, ConnectionKey key) {
    this(subject, world, documents(store, key));
  }

  public Index(Subject subject, World world, List<StoredDocument> stored) {
    this.subject = subject;
    this.world = world;
    stored.forEach(d -> documents.put(d.ref(), d));
  }

  public static List<StoredDocument> documents(Store store, ConnectionKey key) {
    List<StoredDocument> all = new ArrayList<>();
    List<StoredDocument> page = store.corpus().documentsAfter(key, Optional.empty(), 500);
    while (!page.isEmpty()) {
      all.addAll(page);
      Ref last = page.get(page.size() - 1).ref();
      page = store.corpus().documentsAfter(key, Optional.of(last), 500);
    }
    return all;
  }

  public Map<Ref, StoredDocument> documents() {
    return documents;
  }

  /** The documents of what may be stored, with the words that show which version of each it is. */
  public static Map<Ref, Set<String>> expected(Subject subject, World world) {
    Map<Ref, Set<String>> all = new TreeMap<>();
    for (DocumentStream stream : subject.documentStreams()) {
      for (Thing thing : world.visible(stream.kind().name())) {
        all.put(subject.ref(stream, thing), words(subject, thing));
      }
    }
    return all;
  }

  private static Set<String> words(Subject subject, Thing thing) {
    Set<String> words = new TreeSet<>();
    subject
        .wire()
        .surface()
        .shown(thing)
        .filter(json -> json.toString().contains(thing.mark()))
        .ifPresent(json -> words.add(thing.mark()));
    if (subject.wire().surface().showsComments(thing.kind())) {
      for (Comment comment : thing.comments()) {
        Matcher mark = MARK.matcher(comment.text());
        while (mark.find()) {
          words.add(mark.group());
        }
      }
    }
    return words;
  }

  /** Which version of each document is stored. */
  Map<Ref, Set<String>> words() {
    return documents.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> marks(e.getValue()), (a, b) -> a, TreeMap::new));
  }

  private static Set<String> marks(StoredDocument document) {
    Set<String> words = new TreeSet<>();
    for (String text : texts(document)) {
      Matcher mark = MARK.matcher(text);
      while (mark.find()) {
        words.add(mark.group());
      }
    }
    return words;
  }

  public static List<String> texts(StoredDocument document) {
    List<String> texts = new ArrayList<>(List.of(document.title()));
    document.chunks().stream().map(Chunk::text).forEach(texts::add);
    return texts;
  }

  /** What may be stored is stored, in its present version, and nothing more. */
  public void isWhole(String when) {
    assertThat(faults()).as("what is wrong with the documents %s (%s)", when, world).isEmpty();
  }

  /** Whether the present version of a document is stored. */
  public boolean hasPresent(Ref ref) {
    return faults().stream().noneMatch(fault -> fault.startsWith(ref + " "));
  }

  /** The same, but for one that may be there or not, in any version. */
  public void isWholeBut(Ref ref, String when) {
    isWholeBut(Set.of(ref), when);
  }

  /** The same for several. */
  public void isWholeBut(Set<Ref> refs, String when) {
    assertThat(
            faults().stream()
                .filter(fault -> refs.stream().noneMatch(ref -> fault.startsWith(ref + " "))))
        .as("what is wrong with the documents but %s %s (%s)", refs, when, world)
        .isEmpty();
  }

  /** All that is stored of the documents, as text to compare. */
  public Map<Ref, String> text() {
    Map<Ref, String> texts = new TreeMap<>();
    documents.forEach(
        (ref, d) ->
            texts.put(ref, texts(d) + " " + d.fields() + " " + d.readers() + " " + d.missing()));
    return texts;
  }

  /** The same, but what was deleted at the source may still be there: no change tells of it. */
  public void isWholeButForDeleted(String when) {
    Set<String> deleted = new TreeSet<>();
    for (DocumentStream stream : subject.documentStreams()) {
      world.all(stream.kind().name()).stream()
          .filter(Thing::isDeleted)
          .forEach(thing -> deleted.add(subject.ref(stream, thing) + " should not be there"));
    }
    assertThat(faults().stream().filter(fault -> !deleted.contains(fault)))
        .as("what is wrong with the documents %s (%s)", when, world)
        .isEmpty();
  }

  /** What may be stored and is not, whatever its version. */
  public List<String> missing() {
    return expected(subject, world).keySet().stream()
        .filter(ref -> !documents.containsKey(ref))
        .map(Object::toString)
        .toList();
  }

  private List<String> faults() {
    Map<Ref, Set<String>> expected = expected(subject, world);
    Map<Ref, Set<String>> stored = words();
    List<String> faults = new ArrayList<>();
    expected.forEach(
        (ref, words) -> {
          Set<String> found = stored.get(ref);
          if (found == null) {
            faults.add(ref + " is missing");
          } else if (!found.equals(words)) {
            faults.add(ref + " has " + found + " and should have " + words);
          }
        });
    stored.keySet().stream()
        .filter(ref -> !expected.containsKey(ref))
        .forEach(ref -> faults.add(ref + " should not be there"));
    return faults;
  }
}
