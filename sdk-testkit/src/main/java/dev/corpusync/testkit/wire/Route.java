package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.World;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** One thing that an API can be asked for. Immutable: what it answers with is handed to it. */
interface Route {
  /** For messages: the method and the path, with {@code {}} for what varies. */
  String name();

  /** The kind of records of which each has requests of its own here. */
  default Optional<String> ofSingleRecords() {
    return Optional.empty();
  }

  /** Whether its name is all that a request is told by. */
  default boolean isAtOnePlace() {
    return name().startsWith("GET /") || name().startsWith("POST /");
  }

  /** Empty for a request that is for another route. */
  Optional<FakeReply> answer(FakeRequest request, Scene scene);

  /** Whether the client that asks this is let in. */
  default boolean isOpen(FakeRequest request) {
    return false;
  }

  /** What it lists, unless it only adds to what another route lists. */
  default Optional<Records> shown() {
    return Optional.empty();
  }

  /** How it is narrowed to what changed. */
  default Optional<Changes> narrowed() {
    return Optional.empty();
  }

  /** How it shows a person, if it shows people. */
  default Optional<Function<Person, ObjectNode>> person() {
    return Optional.empty();
  }

  /** Query parameters of which at least one request must use each. */
  default Set<String> parameters() {
    return Set.of();
  }

  /** What a route answers from. */
  record Scene(World world, Quirks quirks, Cursors cursors) {}
}
