package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives out everything once, and then, from a link, what has changed since, with tombstones. */
record DeltaRoute(String name, Place place, Records records, DeltaLinks links) implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene));
  }

  private FakeReply page(FakeRequest request, Scene scene) {
    if (request.query("epoch").filter(e -> !e.equals(epoch(scene))).isPresent()) {
      return FakeReply.json("{\"error\":\"resync required\"}").withStatus(links.expired());
    }
    long since = number(request, "since").orElse(0L);
    long after = number(request, "after").orElse(since);
    List<Thing> rest =
        scene.world().all(records.kind()).stream()
            .filter(t -> !t.isWithheld() && t.change() > after && (since > 0 || t.isListed()))
            .sorted(Comparator.comparing(Thing::change))
            .limit(since > 0 ? Long.MAX_VALUE : scene.quirks().listsOnly())
            .toList();
    List<Thing> here = rest.subList(0, Math.min(scene.quirks().pageSize(), rest.size()));
    ArrayNode found = Tree.MAPPER.createArrayNode();
    here.forEach(
        t ->
            found.add(
                t.isListed() ? scene.quirks().record(records.json(t)) : records.tombstone(t)));
    ObjectNode body = Tree.object();
    Tree.set(body, links.records(), found);
    boolean more = here.size() < rest.size();
    long next = more ? here.get(here.size() - 1).change() : scene.world().changes();
    String link =
        Addresses.base(request)
            + request.path()
            + "?epoch="
            + epoch(scene)
            + "&since="
            + (more ? since : next)
            + "&after="
            + next;
    Tree.set(body, more ? links.next() : links.delta(), Tree.node(scene.quirks().linkForm(link)));
    return FakeReply.json(body.toString());
  }

  private static String epoch(Scene scene) {
    return Integer.toString(scene.quirks().epoch());
  }

  private static Optional<Long> number(FakeRequest request, String parameter) {
    return request.query(parameter).map(Long::parseLong);
  }

  @Override
  public Optional<Records> shown() {
    return Optional.of(records);
  }
}
