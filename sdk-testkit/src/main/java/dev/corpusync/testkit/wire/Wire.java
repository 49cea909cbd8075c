package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import dev.corpusync.testkit.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an author writes: where the API serves which things, in which family of paging, and how a
 * request is let in. All behaviour is the kit's. Immutable.
 */
public final class Wire {
  private final BiPredicate<FakeRequest, String> letsIn;
  private final List<Route> routes;
  private final Map<String, Function<World, String>> settings;
  private final boolean tagged;
  private final Optional<Beside> beside;

  private Wire(
      BiPredicate<FakeRequest, String> letsIn,
      List<Route> routes,
      Map<String, Function<World, String>> settings,
      boolean tagged,
      Optional<Beside> beside) {
    this.beside = beside;
    this.letsIn = letsIn;
    this.routes = List.copyOf(routes);
    this.settings = settings;
    this.tagged = tagged;
  }

  private static Wire of(BiPredicate<FakeRequest, String> letsIn) {
    return new Wire(letsIn, List.of(), Map.of(), false, Optional.empty());
  }

  /** {@code Authorization: Bearer …}. */
  public static Wire bearer() {
    return of((r, secret) -> has(r, "authorization", "Bearer " + secret));
  }

  /** A key in a header of the API's own. */
  public static Wire apiKey(String header) {
    return of((r, secret) -> has(r, header, secret));
  }

  /** A key in the query. */
  public static Wire apiKeyInQuery(String parameter) {
    return of((r, secret) -> r.query(parameter).filter(secret::equals).isPresent());
  }

  /** {@code Authorization: Basic …}. */
  public static Wire basic() {
    return of(
        (r, secret) ->
            has(
                r,
                "authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
  }

  /** A form of its own; the text is the secret that the connection was given. */
  public static Wire letting(BiPredicate<FakeRequest, String> in) {
    return of(in);
  }

  private static boolean has(FakeRequest request, String header, String value) {
    return request.header(header).filter(value::equals).isPresent();
  }

  /** A listing of everything of a kind, without a filter by time. */
  public Wire list(String path, Records records, Pages pages) {
    return list(path, records, pages, Changes.none());
  }

  /** A listing of everything of a kind. */
  public Wire list(String path, Records records, Pages pages, Changes changes) {
    return with(new ListRoute("GET " + path, Place.at("GET", path), records, pages, changes));
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
            "the listing of a " + containers.kind(),
            Place.of(containers.kind(), path),
            records,
            pages,
            changes));
  }

  /** A GraphQL connection of everything of a kind. */
  public Wire graph(String path, Records records, Pages pages) {
    return with(
        new ListRoute("POST " + path, Place.at("POST", path), records, pages, Changes.none()));
  }

  /** One thing, at its own path. */
  public Wire one(Records records, Function<Thing, String> path) {
    return with(new OneRoute("one " + records.kind(), Place.of(records.kind(), path), records));
  }

  /**
   * Several things by their ids, with commas between; what is not there is left out, and more ids
   * than so many are refused.
   */
  public Wire batch(String path, String parameter, Records records, String at, int most) {
    return with(
        new BatchRoute("GET " + path, Place.at("GET", path), parameter, records, at, most, false));
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
        new LogRoute("GET " + path, Place.at("GET", path), records, entry, pages, changes, kept));
  }

  /** The same, where the API leaves out exactly what is deleted. */
  public Wire exactBatch(String path, String parameter, Records records, String at, int most) {
    return with(
        new BatchRoute("GET " + path, Place.at("GET", path), parameter, records, at, most, true));
  }

  /** Whether what some batch leaves out may still be there. */
  public boolean leavesOutWhatIsThere() {
    return routes.stream()
        .anyMatch(r -> r instanceof BatchRoute batch && !batch.leavesOutOnlyDeleted());
  }

  /** Everything once, then what changed. */
  public Wire delta(String path, Records records, DeltaLinks links) {
    return with(new DeltaRoute("GET " + path, Place.at("GET", path), records, links));
  }

  /** The comments of a thing, at a path of the thing's. */
  public Wire comments(
      Records owners,
      Function<Thing, String> path,
      Function<Comment, ObjectNode> json,
      Pages pages) {
    return with(
        new ChildRoute<>(
            "the comments of a " + owners.kind(),
            Place.of(owners.kind(), path),
            Thing::comments,
            json,
            pages));
  }

  /** Who may read a thing, at a path of the thing's. */
  public Wire readers(
      Records owners,
      Function<Thing, String> path,
      Function<Person, ObjectNode> json,
      Pages pages) {
    return with(
        new ReadersRoute(
            "the readers of a " + owners.kind(), Place.of(owners.kind(), path), json, pages));
  }

  /** Everyone at the source. */
  public Wire people(String path, Function<Person, ObjectNode> json, Pages pages) {
    return with(new PeopleRoute("GET " + path, Place.at("GET", path), json, pages));
  }

  /** A setting of the connection, from what the world holds; {@code base_url} is the kit's. */
  public Wire setting(String name, Function<World, String> value) {
    Map<String, Function<World, String>> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new Wire(letsIn, routes, more, tagged, beside);
  }

  /** Answers have ETags, and 304 for a client that has them. */
  public Wire tagged() {
    return new Wire(letsIn, routes, settings, true, beside);
  }

  /**
   * Answers send the people beside the records that name them.
   *
   * @param name of their array in the body
   * @param field of a record, with a person's login
   */
  public Wire beside(String name, String field, Function<Person, ObjectNode> json) {
    return new Wire(letsIn, routes, settings, tagged, Optional.of(new Beside(name, field, json)));
  }

  private Wire with(Route route) {
    List<Route> more = new ArrayList<>(routes);
    more.add(route);
    return new Wire(letsIn, more, settings, tagged, beside);
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

  /** What the API shows of a thing now; empty for a kind that it never shows. */
  public Optional<ObjectNode> shown(Thing thing) {
    return routes.stream()
        .flatMap(route -> route.shown().stream())
        .filter(records -> records.kind().equals(thing.kind()))
        .findFirst()
        .map(records -> records.json(thing));
  }

  /** The path of the field that says whether a record of a kind is visible, with slashes. */
  public Optional<String> hiding(String kind) {
    return routes.stream()
        .flatMap(route -> route.shown().stream())
        .filter(records -> records.kind().equals(kind))
        .findFirst()
        .flatMap(Records::hiding);
  }

  /** Whether the comments of a kind can be read. */
  public boolean showsComments(String kind) {
    return types().stream().anyMatch(t -> t.kind().equals(kind) && t.has(Trait.DISCUSSED));
  }

  /** Where everyone is listed. */
  public Set<String> peoplePaths() {
    Set<String> paths = new LinkedHashSet<>();
    for (Route route : routes) {
      if (route instanceof PeopleRoute people) {
        people.place().path().ifPresent(paths::add);
      }
    }
    return paths;
  }

  /** Whether things are fetched by several ids at once. */
  public boolean hasBatches() {
    return routes.stream().anyMatch(BatchRoute.class::isInstance);
  }

  /** Where the readers of a thing are listed, if they have requests of their own. */
  public Optional<String> readersPath(Thing thing) {
    return routes.stream()
        .filter(ReadersRoute.class::isInstance)
        .map(route -> ((ReadersRoute) route).owners())
        .filter(owners -> owners.kind().equals(thing.kind()))
        .map(owners -> owners.pathOf().apply(thing))
        .findFirst();
  }

  /** Whether readers have requests of their own. */
  public boolean listsReaders() {
    return routes.stream().anyMatch(ReadersRoute.class::isInstance);
  }

  /** What the API shows of a person now, in each place. */
  public List<ObjectNode> shown(Person person) {
    return routes.stream()
        .flatMap(route -> route.person().stream())
        .map(form -> form.apply(person))
        .toList();
  }

  /** The families of paging of the listings of things. */
  public List<Pages> pages() {
    return routes.stream()
        .filter(ListRoute.class::isInstance)
        .map(r -> ((ListRoute) r).pages())
        .toList();
  }

  /** Whether a listing can be narrowed to what changed from a time on. */
  public boolean asksByTime() {
    return changes().anyMatch(c -> !c.parameters().isEmpty());
  }

  /** Whether a listing says which containers there are. */
  public boolean listsContainers() {
    Set<String> parents =
        types().stream().flatMap(t -> t.parent().stream()).collect(Collectors.toSet());
    return routes.stream()
        .filter(ListRoute.class::isInstance)
        .flatMap(route -> route.shown().stream())
        .anyMatch(records -> parents.contains(records.kind()));
  }

  /** Whether deletions are told: by tombstones, or by a log. */
  public boolean tellsDeletions() {
    return routes.stream().anyMatch(r -> r instanceof DeltaRoute || r instanceof LogRoute);
  }

  /** The longest window that a search answers for. */
  public Optional<Duration> longestWindow() {
    return changes().flatMap(c -> c.longest().stream()).findFirst();
  }

  private Stream<Changes> changes() {
    return routes.stream().flatMap(route -> route.narrowed().stream());
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

  boolean letsIn(FakeRequest request, String secret) {
    return letsIn.test(request, secret);
  }

  /** The configuration that reaches a world, but for its address. */
  public Map<String, String> settings(World world) {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((name, value) -> values.put(name, value.apply(world)));
    return values;
  }

  /** Serves a world to whoever has the secret. */
  public Site serve(World world, Quirks quirks, String secret) {
    return new Site(this, new Route.Scene(world, quirks, new Cursors()), secret);
  }
}
