package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which requests a route is for: one path, or one for each thing of a kind, which may end in one
 * parameter.
 */
record RoutePattern(
    String method, Optional<String> path, String kind, Function<Thing, String> pathOf) {
  /**
   * Where a request is for.
   *
   * @param container empty where the path names none
   */
  record Found(Optional<Thing> container) {}

  static RoutePattern at(String method, String path) {
    return new RoutePattern(method, Optional.of(path), "", thing -> "");
  }

  static RoutePattern of(String kind, Function<Thing, String> pathOf) {
    return new RoutePattern("GET", Optional.empty(), kind, pathOf);
  }

  Optional<Found> find(FakeRequest request, World world) {
    if (!request.method().equals(method)) {
      return Optional.empty();
    }
    if (path.isPresent()) {
      return path.filter(request.path()::equals).map(p -> new Found(Optional.empty()));
    }
    return thing(request, world).filter(Thing::isListed).map(t -> new Found(Optional.of(t)));
  }

  /** The thing that the path is of, even one that is no longer there. */
  Optional<Thing> thing(FakeRequest request, World world) {
    if (!request.method().equals(method)) {
      return Optional.empty();
    }
    return world.all(kind).stream().filter(t -> isAt(pathOf.apply(t), request)).findFirst();
  }

  /** An address may name its thing by a parameter: {@code /notes?deal_id=7}. */
  private static boolean isAt(String address, FakeRequest request) {
    String[] pathAndQuery = address.split("[?]", 2);
    if (!pathAndQuery[0].equals(request.path())) {
      return false;
    }
    String[] parameter = pathAndQuery.length > 1 ? pathAndQuery[1].split("=", 2) : new String[0];
    return parameter.length == 0
        || request.query(parameter[0]).filter(parameter[1]::equals).isPresent();
  }
}
