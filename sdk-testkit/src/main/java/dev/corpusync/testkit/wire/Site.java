package dev.corpusync.testkit.wire;

import static java.util.stream.Collectors.joining;

import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An API as an author described it, over a world that the kit changes. One request at a time.
 *
 * @since 0.1
 */
public final class Site implements FakeApi {
  private final Wire wire;
  private final Route.Scene scene;
  private final String secret;
  private final Set<String> used = new HashSet<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final List<Route> routes;
  private String path = "";
  private int anonymous;

  Site(Wire wire, Route.Scene scene, String secret) {
    this.wire = wire;
    this.scene = scene;
    this.secret = secret;
    // Several things by their ids may have the path of the whole listing.
    routes =
        Stream.concat(
                wire.routes().stream().filter(BatchRoute.class::isInstance),
                wire.routes().stream().filter(route -> !(route instanceof BatchRoute)))
            .toList();
  }

  /** From now on the API is below a path, as that of a server of its own often is. */
  public void moveTo(String below) {
    path = below;
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest asked) {
    if (!asked.path().startsWith(path + "/")) {
      return Optional.empty();
    }
    FakeRequest request = path.isEmpty() ? asked : asked.below(path);
    anonymous += request.header("user-agent").filter(a -> !a.isBlank()).isPresent() ? 0 : 1;
    boolean open = wire.routes().stream().anyMatch(route -> route.isOpen(request));
    if (!open && !wire.letsIn(request, secret)) {
      return Optional.of(FakeReply.json("{\"error\":\"who are you?\"}").withStatus(401));
    }
    FakeRequest read = wire.graph().map(graph -> reading(request)).orElse(request);
    for (Route route : routes) {
      Optional<FakeReply> plain = route.answer(read, scene);
      plain.ifPresent(reply -> note(route, read, reply));
      Optional<FakeReply> reply = plain.map(p -> told(request, p));
      if (reply.isPresent()) {
        return Optional.of(
            scene
                .quirks()
                .dressed(request, dressed(request, wire.withBeside(reply.get(), scene.world()))));
      }
    }
    return Optional.empty();
  }

  /** What is refused has not been asked for: it was asked for in a form that the API has not. */
  private void note(Route route, FakeRequest request, FakeReply reply) {
    if (reply.status() == 400) {
      refused.add(
          route.name()
              + asked(route, request)
                  .map(p -> " ?" + p + "=" + value(request, p))
                  .collect(joining())
              + " answered 400: "
              + new String(reply.body(), StandardCharsets.UTF_8));
      return;
    }
    used.add(route.name());
    asked(route, request).forEach(p -> used.add(route.name() + " ?" + p));
  }

  private static Stream<String> asked(Route route, FakeRequest request) {
    return route.parameters().stream().filter(p -> request.query(p).isPresent());
  }

  private static String value(FakeRequest request, String parameter) {
    return request.query(parameter).orElse("");
  }

  @Override
  public FakeRequest seen(FakeRequest request) {
    if (wire.graph().isEmpty()) {
      return PostedJson.seen(request);
    }
    GraphQlEndpoint graph = wire.graph().get();
    return path.isEmpty() || !request.path().startsWith(path + "/")
        ? graph.seen(request)
        : graph.seen(request.below(path)).above(path);
  }

  private FakeReply told(FakeRequest request, FakeReply plain) {
    return wire.graph().map(graph -> graph.told(request, plain)).orElse(plain);
  }

  /** A posted query reads, as a GET does elsewhere. */
  private static FakeRequest reading(FakeRequest posted) {
    return new FakeRequest(
        posted.number(), "GET", posted.path(), posted.query(), posted.headers(), posted.body());
  }

  /** Whether an address without a query is one that programs read, of a list or of one thing. */
  public boolean isApi(String path) {
    FakeRequest request = new FakeRequest(0, "GET", path, Map.of(), Map.of(), new byte[0]);
    return wire.routes().stream().anyMatch(route -> route.answer(request, scene).isPresent());
  }

  /** How many requests did not say whose they are. */
  public int anonymous() {
    return anonymous;
  }

  /** Requests that were answered with 400, with what the API said. */
  public Set<String> refused() {
    return Collections.unmodifiableSet(refused);
  }

  /** Routes, and parameters that narrow a listing to changes, that nobody has asked for yet. */
  public Set<String> unused() {
    Set<String> rest = new TreeSet<>();
    for (Route route : wire.routes()) {
      rest.add(route.name());
      route.parameters().forEach(p -> rest.add(route.name() + " ?" + p));
    }
    rest.removeAll(used);
    return rest;
  }

  /** For the message about a request that no route answers. */
  public List<String> routes() {
    return wire.routes().stream().map(Route::name).toList();
  }

  private FakeReply dressed(FakeRequest request, FakeReply plain) {
    FakeReply dated =
        scene
            .quirks()
            .dateOffset()
            .map(offset -> plain.header("Date", http(scene.world().clock().plus(offset))))
            .orElse(plain);
    if (!wire.isTagged() || plain.status() != 200) {
      return dated;
    }
    String tag = "W/\"" + Integer.toHexString(Arrays.hashCode(plain.body())) + "\"";
    boolean known =
        !scene.quirks().isUntagged()
            && request.header("if-none-match").filter(tag::equals).isPresent();
    return (known ? new FakeReply(304, dated.headers(), new byte[0]) : dated).header("ETag", tag);
  }

  private static String http(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
