package dev.corpusync.testkit.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The people of a world and the groups that they are in. What they have written stays theirs,
 * whatever becomes of them; a group may lie in another, also in a circle.
 *
 * @since 0.1
 */
public final class Directory {
  private static final int FIRST_NUMBER = 5_101;
  private static final int FIRST_GROUP = 9_001;
  private static final List<String> LOGINS = List.of("ada", "bo", "cleo", "dan", "eve", "fay");
  private final World world;
  private List<Person> people =
      IntStream.range(0, LOGINS.size()).mapToObj(Directory::person).toList();

  private final Map<Group, Members> groups = new LinkedHashMap<>();

  /** Who is directly in a group, by number. */
  private record Members(Set<Integer> people, Set<Group> groups) {
    static Members of(Integer... people) {
      return new Members(new TreeSet<>(List.of(people)), new LinkedHashSet<>());
    }
  }

  Directory(World world) {
    this.world = world;
    Group staff = new Group(FIRST_GROUP, "Staff");
    Group backend = new Group(FIRST_GROUP + 1, "Backend");
    Group guests = new Group(FIRST_GROUP + 2, "Guests");
    groups.put(staff, Members.of(FIRST_NUMBER, FIRST_NUMBER + 1));
    groups.put(backend, Members.of(FIRST_NUMBER + 2, FIRST_NUMBER + 3));
    groups.put(guests, Members.of());
    membersOf(staff).groups().add(backend);
  }

  private static Person person(int i) {
    String login = LOGINS.get(i);
    int boss = i == 0 ? 0 : FIRST_NUMBER + (i - 1) / 2;
    return new Person(
        FIRST_NUMBER + i, login, "Person No. " + (i + 1), login + "@acme.example", boss);
  }

  List<Person> people() {
    synchronized (world) {
      return people;
    }
  }

  Person nth(int n) {
    return people().get(n % people().size());
  }

  SortedSet<Person> readersOf(int number) {
    return Thing.byNumber(List.of(nth(number), nth(number + 1)));
  }

  /** Someone is from now on as given: another name, another address, another boss. */
  public void change(Person to) {
    UnaryOperator<Person> now = p -> p.number() == to.number() ? to : p;
    synchronized (world) {
      people = people.stream().map(now).toList();
      for (Thing thing : world.all()) {
        thing.author = now.apply(thing.author);
        thing.readers = Thing.byNumber(thing.readers.stream().map(now).toList());
        thing.comments =
            thing.comments.stream()
                .map(c -> new Comment(c.number(), now.apply(c.author()), c.text(), c.written()))
                .toList();
      }
    }
  }

  /** The source no longer knows someone, who has written things all the same. */
  public void forget(Person person) {
    synchronized (world) {
      people = people.stream().filter(p -> p.number() != person.number()).toList();
    }
  }

  /** Someone whom it forgot, or a new one. */
  public void know(Person person) {
    synchronized (world) {
      List<Person> more = new ArrayList<>(people);
      more.add(person);
      people = List.copyOf(Thing.byNumber(more));
    }
  }

  /** One with groups in it, one without, and one with nobody in it, at first. */
  public List<Group> groups() {
    return List.copyOf(groups.keySet());
  }

  /** Who is directly in a group, by number. */
  public List<Person> peopleIn(Group group) {
    synchronized (world) {
      Set<Integer> numbers = membersOf(group).people();
      return people.stream().filter(p -> numbers.contains(p.number())).toList();
    }
  }

  /** Which groups are directly in a group, in the order in which they came. */
  public List<Group> groupsIn(Group group) {
    synchronized (world) {
      return List.copyOf(membersOf(group).groups());
    }
  }

  /** Who is in a group, or in one that is in it, however deep, by number. */
  public List<Person> everyoneIn(Group group) {
    synchronized (world) {
      Set<Group> met = new LinkedHashSet<>();
      collect(group, met);
      return List.copyOf(Thing.byNumber(met.stream().flatMap(g -> peopleIn(g).stream()).toList()));
    }
  }

  public void join(Person person, Group group) {
    change(() -> membersOf(group).people().add(person.number()));
  }

  public void leave(Person person, Group group) {
    change(() -> membersOf(group).people().remove(person.number()));
  }

  /** Puts a group into another. */
  public void nest(Group inner, Group outer) {
    change(() -> membersOf(outer).groups().add(inner));
  }

  /** Takes it out again. */
  public void part(Group inner, Group outer) {
    change(() -> membersOf(outer).groups().remove(inner));
  }

  /**
   * Lets groups read a thing, besides its readers. As where most sources keep who may read, it does
   * not show in the thing's time of change; nor does who joins or leaves.
   */
  public void share(Thing thing, List<Group> with) {
    change(() -> thing.groups = List.copyOf(with));
  }

  private void change(Runnable what) {
    synchronized (world) {
      what.run();
    }
  }

  private void collect(Group group, Set<Group> met) {
    if (met.add(group)) {
      membersOf(group).groups().forEach(inner -> collect(inner, met));
    }
  }

  private Members membersOf(Group group) {
    return Optional.ofNullable(groups.get(group))
        .orElseThrow(() -> new IllegalArgumentException("no group of this world: " + group));
  }
}
