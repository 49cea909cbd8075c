package dev.corpusync.testkit.world;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A remote system: things in containers, with authors, readers and comments. Seeded, so two of one
 * seed and size are the same. The kit owns it and changes it, between any two requests; its own
 * clock moves with each change and by {@link #pass} only. Safe for many threads.
 *
 * @since 0.1
 */
public final class World {
  /** When the first thing was made. */
  public static final Instant START = Instant.parse("2026-02-01T08:00:00Z");

  private static final int FIRST_NUMBER = 400_100;
  private static final int CONTAINERS = 3;
  private final List<Type> types;
  private final Map<Integer, Thing> things = new TreeMap<>();
  private final Canaries canaries = new Canaries();
  private final Directory crowd = new Directory(this);
  private final Random random;
  private final int size;
  private Instant clock = START;
  private int lastNumber = FIRST_NUMBER;
  private int lastComment = 70_000;
  private long changes;

  /**
   * @param types containers before what is in them
   * @param size how many visible things of each type that is no container
   */
  public World(long seed, List<Type> types, int size) {
    this.types = List.copyOf(types);
    this.size = size;
    random = new Random(seed);
    this.types.forEach(type -> populate(type, isContainer(type) ? CONTAINERS : size));
    // What is read first was changed a while ago.
    pass(Duration.ofHours(1));
  }

  /** A world of the same types with nothing in it. */
  public static World empty(long seed, List<Type> types) {
    return new World(seed, types, 0);
  }

  private void populate(Type type, int count) {
    for (int i = 0; i < count; i++) {
      Thing thing = add(type);
      if (type.has(Trait.DISCUSSED) && i < 4) {
        // None, one, as many as it takes for more than a page.
        IntStream.range(0, List.of(0, 1, 6, 2).get(i)).forEach(n -> comment(thing));
      }
    }
    if (size > 0 && type.has(Trait.RESTRICTED)) {
      restrict(visible(type.kind()).get(1));
    }
    if (size > 0 && type.has(Trait.HIDEABLE)) {
      hideFromBirth(add(type));
    }
  }

  private void hideFromBirth(Thing thing) {
    canaries.unborn(thing);
    hide(thing, Hidden.PRIVATE);
    if (thing.type.has(Trait.DISCUSSED)) {
      comment(thing);
    }
    if (isContainer(thing.type)) {
      // Whatever is in it is as private as it is.
      for (Type type : types) {
        if (type.parent().equals(Optional.of(thing.kind()))) {
          Thing inside = put(type, Optional.of(thing));
          canaries.unborn(inside);
          conceal(inside);
        }
      }
    }
  }

  public boolean isContainer(Type type) {
    return types.stream().anyMatch(t -> t.parent().equals(Optional.of(type.kind())));
  }

  public List<Type> types() {
    return types;
  }

  public List<Person> people() {
    return crowd.people();
  }

  public Directory crowd() {
    return crowd;
  }

  /** As many as it was made with. */
  public int size() {
    return size;
  }

  /** Everything that there is or was, oldest first. */
  public synchronized List<Thing> all() {
    return List.copyOf(things.values());
  }

  /** Everything of a kind that there is or was, oldest first. */
  public synchronized List<Thing> all(String kind) {
    return things.values().stream().filter(t -> t.kind().equals(kind)).toList();
  }

  /** What listings of a kind show, oldest first, visible or not. */
  public List<Thing> listed(String kind) {
    return all(kind).stream().filter(Thing::isListed).toList();
  }

  /** What a connection may store of a kind, oldest first. */
  public List<Thing> visible(String kind) {
    return listed(kind).stream().filter(Thing::isVisible).toList();
  }

  /** What a connection may store and people read: of every type but containers. */
  public List<Thing> readable() {
    return types.stream()
        .filter(t -> !isContainer(t))
        .flatMap(t -> visible(t.kind()).stream())
        .toList();
  }

  /** A visible thing, by the seed. */
  public synchronized Thing any() {
    List<Thing> candidates = readable();
    return candidates.get(random.nextInt(candidates.size()));
  }

  /** The source's clock. */
  public synchronized Instant clock() {
    return clock;
  }

  /** How often anything has been changed. */
  public synchronized long changes() {
    return changes;
  }

  /** Time passes in which nothing is changed. */
  public synchronized void pass(Duration by) {
    clock = clock.plus(by);
  }

  /** Time passes until a second begins, so that the next change and this moment share one. */
  public synchronized void passToSecond() {
    clock = clock.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Gives a thing a time of change that cannot be right. */
  public synchronized void misdate(Thing thing, Instant updated) {
    thing.updated = updated;
    thing.change = ++changes;
  }

  /** One more visible thing. */
  public synchronized Thing add() {
    return add(types.stream().filter(t -> !isContainer(t)).findFirst().orElseThrow());
  }

  public synchronized Thing add(Type type) {
    return put(type, type.parent().map(this::somewhere));
  }

  private Thing put(Type type, Optional<Thing> parent) {
    Instant now = tick();
    int number = lastNumber += 7;
    Thing thing = new Thing(type, number, parent, now, crowd);
    thing.title = "About the " + Topics.any(random) + " no. " + number;
    thing.text = "The " + Topics.any(random) + " is broken.\n\nIt was fine before, ünïcode ✓.";
    thing.sign();
    thing.change = ++changes;
    things.put(number, thing);
    return thing;
  }

  /** Adds what listings do not show yet, though it is as old as this moment: {@link #release}. */
  public synchronized Thing withhold() {
    Thing thing = add();
    thing.withheld = true;
    return thing;
  }

  /** Shows what was withheld, with the time that it had. */
  public synchronized void release(Thing thing) {
    thing.withheld = false;
  }

  /** Changes the text of a visible thing. */
  public Thing edit() {
    return edit(any());
  }

  public synchronized Thing edit(Thing thing) {
    thing.version++;
    thing.text = "Now the " + Topics.any(random) + " too.\n\n" + thing.plain();
    thing.sign();
    touch(thing);
    return thing;
  }

  public synchronized void rename(Thing thing, String title) {
    thing.version++;
    thing.title = title;
    thing.text = thing.plain();
    thing.sign();
    touch(thing);
  }

  public synchronized void write(Thing thing, String text) {
    thing.version++;
    thing.text = text;
    thing.sign();
    touch(thing);
  }

  public synchronized Comment comment(Thing thing) {
    Instant now = tick();
    Comment comment =
        new Comment(
            ++lastComment,
            crowd.nth(random.nextInt(people().size())),
            (thing.isVisible() ? "" : canaries.comment(thing, lastComment))
                + "I see it in the "
                + Topics.any(random)
                + " too, remark-"
                + lastComment,
            now);
    List<Comment> more = new ArrayList<>(thing.comments);
    more.add(comment);
    thing.comments = List.copyOf(more);
    touch(thing);
    return comment;
  }

  /** Deletes a visible thing. */
  public Thing remove() {
    return remove(any());
  }

  public synchronized Thing remove(Thing thing) {
    thing.deleted = true;
    touch(thing);
    return thing;
  }

  /** Brings back what was deleted, changed. */
  public synchronized void restore(Thing thing) {
    thing.deleted = false;
    edit(thing);
  }

  /** Puts it into another container. */
  public synchronized void move(Thing thing, Thing container) {
    boolean hidden = !thing.isVisible();
    thing.parent.ifPresent(thing.left::add);
    thing.parent = Optional.of(container);
    if (!thing.isVisible()) {
      conceal(thing);
    } else if (hidden) {
      reveal(thing);
    } else {
      touch(thing);
    }
  }

  /**
   * Takes something visible out of sight: a thing if its record can say so, else a container with
   * all that is in it.
   */
  public synchronized Thing hide(Hidden how) {
    boolean each = readable().stream().anyMatch(t -> t.type.has(Trait.HIDEABLE));
    return hide(each ? anyHideable() : lastContainer(), how);
  }

  public Thing hide(Thing thing, Hidden how) {
    return hide(thing, how, 0);
  }

  /**
   * Takes something visible out of sight.
   *
   * @param field which of the fields that can hide it does so, counted from 0
   */
  public synchronized Thing hide(Thing thing, Hidden how, int field) {
    conceal(thing);
    thing.hidden = Optional.of(how);
    thing.hiddenField = field;
    all().stream()
        .filter(t -> t.parent.equals(Optional.of(thing)) && !t.deleted)
        .forEach(this::conceal);
    return thing;
  }

  /** The same, with a time of change that tells nobody. */
  public synchronized void hideSilently(Thing thing, Hidden how) {
    thing.hidden = Optional.of(how);
  }

  public synchronized void show(Thing thing) {
    thing.hidden = Optional.empty();
    all().stream().filter(t -> t.parent.equals(Optional.of(thing))).forEach(canaries::forgive);
    reveal(thing);
  }

  private void reveal(Thing thing) {
    canaries.forgive(thing);
    edit(thing);
  }

  /** Lets nobody but its readers see it. */
  public synchronized void restrict(Thing thing) {
    thing.restricted = true;
    touch(thing);
  }

  /** Lets those see it who see what it is in. */
  public synchronized void open(Thing thing) {
    thing.restricted = false;
    touch(thing);
  }

  /** Says who may read it; whether that shows as a change is the API's habit. */
  public synchronized void share(Thing thing, List<Person> readers, boolean touching) {
    thing.readers = Thing.byNumber(readers);
    if (touching) {
      touch(thing);
    }
  }

  /** Words and ids that are only in what may not be stored, each with the thing that it is of. */
  public synchronized Map<String, Thing> canaries() {
    return canaries.all();
  }

  /** For messages: how much there is of what. */
  @Override
  public String toString() {
    return types.stream()
        .map(Type::kind)
        .map(k -> visible(k).size() + " visible of " + listed(k).size() + " " + k)
        .collect(Collectors.joining(", "));
  }

  private void conceal(Thing thing) {
    canaries.rewrite(thing);
    thing.sign();
    touch(thing);
  }

  /** Whether anything in it can be taken out of sight. */
  public boolean hasPrivateThings() {
    return types.stream().anyMatch(t -> t.has(Trait.HIDEABLE));
  }

  private Thing anyHideable() {
    List<Thing> candidates = readable().stream().filter(t -> t.type.has(Trait.HIDEABLE)).toList();
    return candidates.get(random.nextInt(candidates.size()));
  }

  private Thing lastContainer() {
    return types.stream()
        .filter(t -> isContainer(t) && t.has(Trait.HIDEABLE))
        .flatMap(t -> visible(t.kind()).stream())
        .reduce((a, b) -> b)
        .orElseThrow(() -> new IllegalStateException("nothing in this world can be hidden"));
  }

  /** Most are in the first container, and none is empty for long. */
  private Thing somewhere(String kind) {
    List<Thing> containers = visible(kind);
    return containers.get(changes % 3 == 0 ? random.nextInt(containers.size()) : 0);
  }

  private void touch(Thing thing) {
    thing.updated = tick();
    thing.change = ++changes;
  }

  private Instant tick() {
    clock = clock.plusMillis(400);
    return clock.truncatedTo(ChronoUnit.SECONDS);
  }
}
