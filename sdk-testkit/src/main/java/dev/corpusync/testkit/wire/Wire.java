package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Group;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an author writes: where the API serves which things, in which family of paging, and how a
 * request is let in. All behaviour is the kit's. Immutable.
 *
 * @since 0.1
 */
public final class Wire {
  private final BiPredicate<FakeRequest, String> letsIn;
  private final List<Route> routes;
  private final Map<String, Function<World, String>> settings;
  private final boolean tagged;
  private final Optional<GraphQlEndpoint> graph;
  private final Optional<Sideloaded> beside;

  private Wire(
      BiPredicate<FakeRequest, String> letsIn,
      List<Route> routes,
      Map<String, Function<World, String>> settings,
      boolean tagged,
      Optional<GraphQlEndpoint> graph,
      Optional<Sideloaded> beside) {
    this.beside = beside;
    this.letsIn = letsIn;
    this.routes = List.copyOf(routes);
    this.settings = settings;
    this.tagged = tagged;
    this.graph = graph;
  }

  private static Wire of(BiPredicate<FakeRequest, String> letsIn) {
    return new Wire(letsIn, List.of(), Map.of(), false, Optional.empty(), Optional.empty());
  }

  /** {@code Authorization: Bearer …}. */
  public static Wire bearer() {
    return of(RequestAuthentication.header("authorization", secret -> "Bearer " + secret));
  }

  /** A key in a header of the API's own. */
  public static Wire apiKey(String header) {
    return of(RequestAuthentication.header(header, secret -> secret));
  }

  /** A key in the query. */
  public static Wire apiKeyInQuery(String parameter) {
    return of((r, secret) -> r.query(parameter).filter(secret::equals).isPresent());
  }

  /** {@code Authorization: Basic …}. */
  public static Wire basic() {
    return of(
        RequestAuthentication.header(
            "authorization", secret -> "Basic " + RequestAuthentication.base64(secret)));
  }

  /** A form of its own; the text is the secret that the connection was given. */
  public static Wire letting(BiPredicate<FakeRequest, String> in) {
    return of(in);
  }

  /**
   * Everything is posted to one path as GraphQL. A query {@code Items} with the variables {@code
   * board: 7} and {@code page: 2} is then what {@code <path>/Items/7?page=2} is elsewhere, if
   * {@code board} is one of the segments; errors stand in the body of a 200.
   *
   * @param segments variables that stand in the path, in this order
   */
  public Wire graphql(String path, String... segments) {
    return new Wire(
        letsIn,
        routes,
        settings,
        tagged,
        Optional.of(new GraphQlEndpoint(path, List.of(segments))),
        beside);
  }

  /** A listing of everything of a kind, without a filter by time. */
  public Wire list(String path, Records records, Pages pages) {
    return list(path, records, pages, Changes.none());
  }

  /** A listing of everything of a kind. */
  public Wire list(String path, Records records, Pages pages, Changes changes) {
    return with(
        new ListRoute("GET " + path, RoutePattern.at("GET", path), records, pages, changes));
  }

  /**
   * A search that is posted: a field of the JSON body is what a query parameter is elsewhere, named
   * by its path, {@code filter/values/0}.
   */
  public Wire search(String path, Records records, Pages pages, Changes changes) {
    return with(
        new ListRoute("POST " + path, RoutePattern.at("POST", path), records, pages, changes));
  }

  /** A listing of what is in one container, at a path of the container's. */
  public Wire list(
      Records containers,
      Function<Thing, String> path,
      Records records,
      Pages pages,
      Changes changes) {
    return with(
        new ListRoute(
            "the listing of " + records.kind() + " in a " + containers.kind(),
            RoutePattern.of(containers.kind(), path),
            records,
            pages,
            changes));
  }

  /** One thing, at its own path. */
  public Wire one(Records records, Function<Thing, String> path) {
    return with(
        new ItemRoute("one " + records.kind(), RoutePattern.of(records.kind(), path), records));
  }

  /**
   * Several things by their ids, with commas between; what is not there is left out, and more ids
   * than so many are refused.
   */
  public Wire batch(String path, String parameter, Records records, String at, int most) {
    return with(
        new BatchRoute(
            "GET " + path + " ?" + parameter,
            RoutePattern.at("GET", path),
            parameter,
            records,
            at,
            most,
            false));
  }

  /**
   * A log that names what was changed or deleted.
   *
   * @param kept how long its entries are
   */
  public Wire log(
      String path,
      Records records,
      Function<Thing, ObjectNode> entry,
      Pages pages,
      Changes changes,
      Duration kept) {
    return with(
        new LogRoute(
            "GET " + path, RoutePattern.at("GET", path), records, entry, pages, changes, kept));
  }

  /** A log of each container, which also names what left it. */
  public Wire log(
      Records containers,
      Function<Thing, String> path,
      Records records,
      Function<Thing, ObjectNode> entry,
      Pages pages,
      Changes changes,
      Duration kept) {
    return with(
        new LogRoute(
            "the log of " + records.kind() + " in a " + containers.kind(),
            RoutePattern.of(containers.kind(), path),
            records,
            entry,
            pages,
            changes,
            kept));
  }

  /**
   * Several things of one container by their ids; what is deleted is left out, and what is
   * elsewhere now.
   */
  public Wire exactBatch(
      Records containers,
      Function<Thing, String> path,
      String parameter,
      Records records,
      String at,
      int most) {
    return with(
        new BatchRoute(
            "some " + records.kind() + " of a " + containers.kind(),
            RoutePattern.of(containers.kind(), path),
            parameter,
            records,
            at,
            most,
            true));
  }

  /** The same, where the API leaves out exactly what is deleted. */
  public Wire exactBatch(String path, String parameter, Records records, String at, int most) {
    return with(
        new BatchRoute(
            "GET " + path + " ?" + parameter,
            RoutePattern.at("GET", path),
            parameter,
            records,
            at,
            most,
            true));
  }

  /** Everything once, then what changed. */
  public Wire delta(String path, Records records, DeltaLinks links) {
    return with(new DeltaRoute("GET " + path, RoutePattern.at("GET", path), records, links));
  }

  /** The comments of a thing, at a path of the thing's. */
  public Wire comments(
      Records owners,
      Function<Thing, String> path,
      Function<Comment, ObjectNode> json,
      Pages pages) {
    return with(
        new CommentsRoute(
            "the comments of a " + owners.kind(),
            RoutePattern.of(owners.kind(), path),
            json,
            pages));
  }

  /** Who may read a thing, at a path of the thing's. */
  public Wire readers(
      Records owners,
      Function<Thing, String> path,
      Function<Person, ObjectNode> json,
      Pages pages) {
    return readers(owners, path, json, Optional.empty(), pages);
  }

  /** The same, with the groups that may read it after the people. */
  public Wire readers(
      Records owners,
      Function<Thing, String> path,
      Function<Person, ObjectNode> json,
      Function<Group, ObjectNode> group,
      Pages pages) {
    return readers(owners, path, json, Optional.of(group), pages);
  }

  private Wire readers(
      Records owners,
      Function<Thing, String> path,
      Function<Person, ObjectNode> json,
      Optional<Function<Group, ObjectNode>> group,
      Pages pages) {
    String name = "the readers of a " + owners.kind();
    return with(new ReadersRoute(name, RoutePattern.of(owners.kind(), path), json, group, pages));
  }

  /** Everyone at the source. */
  public Wire people(String path, Function<Person, ObjectNode> json, Pages pages) {
    return with(new PeopleRoute("GET " + path, RoutePattern.at("GET", path), json, pages));
  }

  /** Every group at the source. */
  public Wire groups(String path, Function<Group, ObjectNode> json, Pages pages) {
    return with(new GroupsRoute("GET " + path, RoutePattern.at("GET", path), json, pages));
  }

  /** Who is directly in a group: people, then groups. */
  public Wire members(
      Function<Group, String> path,
      Function<Person, ObjectNode> json,
      Function<Group, ObjectNode> inner,
      Pages pages) {
    return with(new MembersRoute("the members of a group", path, json, inner, pages));
  }

  /** The bytes of a thing: its address leads to a signed one, which expires. */
  public Wire content(Records owners, Function<Thing, String> path, ContentLinks links) {
    return with(
        new ContentRoute(
            "the content of a " + owners.kind(), RoutePattern.of(owners.kind(), path), links));
  }

  /** A listing of what is always the same. */
  public Wire always(String path, List<ObjectNode> records, Pages pages) {
    return with(new StaticRoute("GET " + path, RoutePattern.at("GET", path), records, pages));
  }

  /** Who the secret belongs to, for a connector that asks. */
  public Wire account(String path, ObjectNode who) {
    return with(new AccountRoute("GET " + path, RoutePattern.at("GET", path), who));
  }

  /** A setting of the connection, from what the world holds; {@code base_url} is the kit's. */
  public Wire setting(String name, Function<World, String> value) {
    Map<String, Function<World, String>> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new Wire(letsIn, routes, more, tagged, graph, beside);
  }

  /** Answers have ETags, and 304 for a client that has them. */
  public Wire tagged() {
    return new Wire(letsIn, routes, settings, true, graph, beside);
  }

  /**
   * Answers send the people beside the records that name them.
   *
   * @param name of their array in the body
   * @param field of a record, with a person's login or number
   */
  public Wire beside(String name, String field, Function<Person, ObjectNode> json) {
    return new Wire(
        letsIn, routes, settings, tagged, graph, Optional.of(new Sideloaded(name, field, json)));
  }

  private Wire with(Route route) {
    boolean hidden =
        route.isAtOnePlace() && routes.stream().anyMatch(r -> r.name().equals(route.name()));
    if (hidden) {
      throw new IllegalArgumentException(
          "two routes of the wire format are at '"
              + route.name()
              + "', so nobody would ever get to the second: leave one out");
    }
    List<Route> more = new ArrayList<>(routes);
    more.add(route);
    return new Wire(letsIn, more, settings, tagged, graph, beside);
  }

  /** What can be seen of it from outside. */
  public ApiSurface surface() {
    return new ApiSurface(routes, types());
  }

  /** Containers before what is in them. */
  public List<Type> types() {
    Set<Type> types = new LinkedHashSet<>();
    for (Route route : routes) {
      route.shown().map(Records::type).ifPresent(types::add);
    }
    return types.stream()
        .sorted((a, b) -> Boolean.compare(a.parent().isPresent(), b.parent().isPresent()))
        .toList();
  }

  List<Route> routes() {
    return routes;
  }

  FakeReply withBeside(FakeReply reply, World world) {
    return beside.map(b -> b.added(reply, world)).orElse(reply);
  }

  boolean isTagged() {
    return tagged;
  }

  Optional<GraphQlEndpoint> graph() {
    return graph;
  }

  boolean letsIn(FakeRequest request, String secret) {
    return letsIn.test(request, secret);
  }

  /** The configuration that reaches a world, but for its address. */
  public Map<String, String> settings(World world) {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((name, value) -> values.put(name, value.apply(world)));
    return values;
  }

  /** Serves a world to clients that have the secret. */
  public Site serve(World world, Quirks quirks, String secret) {
    return new Site(this, new Route.Scene(world, quirks, new Cursors()), secret);
  }
}
