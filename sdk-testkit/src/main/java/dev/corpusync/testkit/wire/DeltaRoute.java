package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Returns everything once, and then, from a link, what has changed since, with tombstones. */
record DeltaRoute(String name, RoutePattern place, Records records, DeltaLinks links)
    implements Route {
  private static final String TOKEN = "from";

  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene));
  }

  private FakeReply page(FakeRequest request, Scene scene) {
    Optional<At> asked = asked(request, scene);
    if (asked.isEmpty() || asked.get().epoch() != scene.quirks().epoch()) {
      return FakeReply.json("{\"error\":\"resync required\"}").withStatus(links.expired());
    }
    long since = asked.get().since();
    long after = asked.get().after();
    List<Thing> rest =
        scene.world().all(records.kind()).stream()
            .filter(t -> !t.isWithheld() && t.change() > after && (since > 0 || t.isListed()))
            .sorted(Comparator.comparing(Thing::change))
            .limit(since > 0 ? Long.MAX_VALUE : scene.quirks().listsOnly())
            .toList();
    List<Thing> here = rest.subList(0, Math.min(scene.quirks().pageSize(), rest.size()));
    ArrayNode found = JsonTree.MAPPER.createArrayNode();
    here.forEach(
        t ->
            found.add(
                t.isListed() ? scene.quirks().record(records.json(t)) : records.tombstone(t)));
    ObjectNode body = JsonTree.object();
    JsonTree.set(body, links.records(), found);
    boolean more = here.size() < rest.size();
    long next = more ? here.get(here.size() - 1).change() : scene.world().changes();
    At onward = new At(scene.quirks().epoch(), more ? since : next, next);
    JsonTree.set(
        body, more ? links.next() : links.delta(), JsonTree.node(told(onward, request, scene)));
    return FakeReply.json(body.toString());
  }

  /**
   * Where a page begins.
   *
   * @param since the change that the walk started from, 0 for everything
   * @param after the last change that an earlier page told
   */
  private record At(int epoch, long since, long after) {
    private static final Pattern FORM = Pattern.compile("(\\d+)-(\\d+)-(\\d+)");

    static Optional<At> of(String token) {
      Matcher parts = FORM.matcher(token);
      return parts.matches()
          ? Optional.of(
              new At(
                  Integer.parseInt(parts.group(1)),
                  Long.parseLong(parts.group(2)),
                  Long.parseLong(parts.group(3))))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return epoch + "-" + since + "-" + after;
    }
  }

  /** Empty for what was never given out. The token of a page tells more than that of its walk. */
  private Optional<At> asked(FakeRequest request, Scene scene) {
    Optional<String> token =
        links
            .parameters()
            .map(p -> request.query(p.next()).or(() -> request.query(p.delta())))
            .orElseGet(() -> request.query(TOKEN));
    return token.map(At::of).orElse(Optional.of(new At(scene.quirks().epoch(), 0, 0)));
  }

  private String told(At onward, FakeRequest request, Scene scene) {
    return links.parameters().isPresent()
        ? onward.toString()
        : scene
            .quirks()
            .linkForm(Addresses.base(request) + request.path() + "?" + TOKEN + "=" + onward);
  }

  boolean givesLinks() {
    return links.parameters().isEmpty();
  }

  @Override
  public Set<String> parameters() {
    return links.parameters().map(p -> Set.of(p.next(), p.delta())).orElse(Set.of());
  }

  @Override
  public Optional<Records> shown() {
    return Optional.of(records);
  }
}
