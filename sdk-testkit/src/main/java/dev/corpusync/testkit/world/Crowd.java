package dev.corpusync.testkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The people of a world. What they have written stays theirs, whatever becomes of them. */
public final class Crowd {
  private static final int FIRST_NUMBER = 5_101;
  private static final List<String> LOGINS = List.of("ada", "bo", "cleo", "dan", "eve", "fay");
  private final World world;
  private List<Person> people = IntStream.range(0, LOGINS.size()).mapToObj(Crowd::person).toList();

  Crowd(World world) {
    this.world = world;
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
}
