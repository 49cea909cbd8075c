package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an API shows and how it can be asked, as checks look at it.
 *
 * @since 0.1
 */
public final class ApiSurface {
  private final List<Route> routes;
  private final List<Type> types;

  ApiSurface(List<Route> routes, List<Type> types) {
    this.routes = routes;
    this.types = types;
  }

  /** Whether what some batch leaves out may still be there. */
  public boolean leavesOutWhatIsThere() {
    return routes.stream()
        .anyMatch(r -> r instanceof BatchRoute batch && !batch.leavesOutOnlyDeleted());
  }

  /** What the API shows of a thing now; empty for a kind that it never shows. */
  public Optional<ObjectNode> shown(Thing thing) {
    return routes.stream()
        .flatMap(route -> route.shown().stream())
        .filter(records -> records.kind().equals(thing.kind()))
        .findFirst()
        .map(records -> records.json(thing));
  }

  /** The paths of the fields that say whether a record of a kind is visible, with slashes. */
  public List<String> hiding(String kind) {
    return routes.stream()
        .flatMap(route -> route.shown().stream())
        .filter(records -> records.kind().equals(kind))
        .findFirst()
        .map(Records::hiding)
        .orElse(List.of());
  }

  /** Whether the comments of a kind can be read. */
  public boolean showsComments(String kind) {
    return types.stream().anyMatch(t -> t.kind().equals(kind) && t.has(Trait.DISCUSSED));
  }

  /** Whether a kind has texts, and not titles only. */
  public boolean showsText(String kind) {
    return types.stream().noneMatch(t -> t.kind().equals(kind) && t.has(Trait.TITLE_ONLY));
  }

  /** What the API shows of each comment of a thing. */
  public Map<Comment, ObjectNode> comments(Thing thing) {
    Map<Comment, ObjectNode> shown = new LinkedHashMap<>();
    for (Route route : routes) {
      if (route instanceof CommentsRoute comments && comments.isOf(thing)) {
        thing.comments().forEach(c -> shown.put(c, comments.json().apply(c)));
      }
    }
    return shown;
  }

  /** The kinds of which single records have requests of their own: by id, or for their parts. */
  public Set<String> kindsWithOwnRequests() {
    Set<String> kinds = new LinkedHashSet<>();
    for (Route route : routes) {
      route.ofSingleRecords().ifPresent(kinds::add);
    }
    return kinds;
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

  /** Whether it can be asked whose the secret is. */
  public boolean tellsAccount() {
    return routes.stream().anyMatch(AccountRoute.class::isInstance);
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

  /** Whether a listing comes in several answers. */
  public boolean hasSeveralPages() {
    return pages().stream().anyMatch(p -> !p.isWhole());
  }

  /** Whether a listing can be narrowed to what changed from a time on. */
  public boolean asksByTime() {
    return changes().anyMatch(c -> !c.parameters().isEmpty());
  }

  /** Whether a listing says which containers there are. */
  public boolean listsContainers() {
    Set<String> parents =
        types.stream().flatMap(t -> t.parent().stream()).collect(Collectors.toSet());
    return routes.stream()
        .filter(ListRoute.class::isInstance)
        .flatMap(route -> route.shown().stream())
        .anyMatch(records -> parents.contains(records.kind()));
  }

  /** Whether an answer holds the address that the next request is for. */
  public boolean givesAddresses() {
    return routes.stream().anyMatch(r -> r instanceof DeltaRoute delta && delta.givesLinks())
        || pages().stream().anyMatch(Pages::givesLinks);
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
}
