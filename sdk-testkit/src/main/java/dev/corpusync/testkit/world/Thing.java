package dev.corpusync.testkit.world;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing at the source as it is now. Only its {@link World} changes it, so a reference to it
 * always shows the present.
 *
 * @since 0.1
 */
public final class Thing {
  private final Directory crowd;
  final Type type;
  final int number;
  final Instant created;
  Person author;
  Optional<Thing> parent;
  final Set<Thing> left = new HashSet<>();
  String title;
  String text;
  Instant updated;
  long change;
  int version = 1;
  Optional<Hidden> hidden = Optional.empty();
  int hiddenField;
  boolean restricted;
  boolean deleted;
  boolean withheld;
  List<Comment> comments = List.of();
  SortedSet<Person> readers;
  List<Group> groups = List.of();

  Thing(Type type, int number, Optional<Thing> parent, Instant created, Directory crowd) {
    this.crowd = crowd;
    this.type = type;
    this.number = number;
    this.parent = parent;
    author = crowd.nth(number);
    this.created = created;
    this.updated = created;
    readers = crowd.readersOf(number);
    title = "";
    text = "";
  }

  public String kind() {
    return type.kind();
  }

  /** Unique within the world, and never used again. */
  public int number() {
    return number;
  }

  /** What the API calls it. */
  public String id() {
    return type.id().apply(number);
  }

  /** A short name that can stand in a path. */
  public String name() {
    return kind() + "-" + number;
  }

  /** The container that it is in. Only for things of a type with a parent. */
  public Thing parent() {
    return parent.orElseThrow(() -> new IllegalStateException(name() + " is in no container"));
  }

  public Optional<Thing> findParent() {
    return parent;
  }

  /** Whether it is in a container, or was before it was moved. */
  public boolean wasIn(Thing container) {
    return parent.equals(Optional.of(container)) || left.contains(container);
  }

  public String title() {
    return title;
  }

  /** Ends with {@link #mark()}. */
  public String text() {
    return text;
  }

  /** A word that stands in this version of its text and nowhere else. */
  public String mark() {
    return "mark-" + number + "-" + version;
  }

  public Person author() {
    return author;
  }

  public Instant created() {
    return created;
  }

  /** Whole seconds, so that several changes share one. */
  public Instant updated() {
    return updated;
  }

  /** The number of its last change among all changes of the world. */
  public long change() {
    return change;
  }

  public int version() {
    return version;
  }

  /** Where people read it. */
  public String url() {
    return "https://www.world.example/" + kind() + "/" + number;
  }

  /** How it says that it is not visible; empty while it is. */
  public Optional<Hidden> hidden() {
    return hidden;
  }

  /** Which of the fields that can hide it does so, counted from 0. */
  public int hiddenField() {
    return hiddenField;
  }

  /** Whether only its readers may see it, though a connection may store it. */
  public boolean isRestricted() {
    return restricted;
  }

  /** Whether the source does not show it to anyone yet. */
  public boolean isWithheld() {
    return withheld;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public List<Comment> comments() {
    return comments;
  }

  public List<Person> readers() {
    return List.copyOf(readers);
  }

  /** Groups that may read it, besides {@link #readers()}. */
  public List<Group> groups() {
    return groups;
  }

  /**
   * Who may read it, as a person or through a group, through what it is in unless it says so
   * itself; empty for everyone.
   */
  public Optional<List<Person>> audience() {
    return restricted ? Optional.of(everyReader()) : parent.flatMap(Thing::audience);
  }

  private List<Person> everyReader() {
    List<Person> all = new ArrayList<>(readers);
    groups.forEach(group -> all.addAll(crowd.everyoneIn(group)));
    return List.copyOf(byNumber(all));
  }

  /** The file that it is, or that hangs on it: its text, and more than that. */
  public byte[] content() {
    byte[] words = (title + "\n\n" + text + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[words.length + 3_000 + number % 1_000];
    new Random(31L * number + version).nextBytes(content);
    System.arraycopy(words, 0, content, 0, words.length);
    return content;
  }

  /** Whether a connection may store it: it is there, and nothing hides it or what it is in. */
  public boolean isVisible() {
    return !deleted && hidden.isEmpty() && parent.map(Thing::isVisible).orElse(true);
  }

  /** Whether listings show it, visible or not. */
  public boolean isListed() {
    return !deleted && !withheld && parent.map(p -> !p.deleted).orElse(true);
  }

  /** Ends the text with this version's mark, and the title of a thing that has no text. */
  void sign() {
    text = text + "\n\n" + mark();
    if (type.has(Trait.TITLE_ONLY)) {
      int signature = title.lastIndexOf(" mark-");
      title = (signature < 0 ? title : title.substring(0, signature)) + " " + mark();
    }
  }

  /** The text without its mark. */
  String plain() {
    int signature = text.lastIndexOf("\n\nmark-");
    return signature < 0 ? text : text.substring(0, signature);
  }

  @Override
  public String toString() {
    return name();
  }

  static SortedSet<Person> byNumber(Collection<Person> people) {
    SortedSet<Person> sorted = new TreeSet<>(Comparator.comparing(Person::number));
    sorted.addAll(people);
    return Collections.unmodifiableSortedSet(sorted);
  }
}
