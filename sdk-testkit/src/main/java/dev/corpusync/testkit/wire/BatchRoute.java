package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Several things by their ids, in the API's own order; what is not there is left out.
 *
 * @param parameter the ids, with commas between
 * @param at path of the records in the body, with slashes
 * @param most ids of one request; more are refused with 400
 * @param leavesOutOnlyDeleted whether what is left out is gone, and nothing else is left out
 */
record BatchRoute(
    String name,
    RoutePattern place,
    String parameter,
    Records records,
    String at,
    int most,
    boolean leavesOutOnlyDeleted)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place
        .find(request, scene.world())
        .flatMap(
            found ->
                request
                    .query(parameter)
                    .map(ids -> batch(List.of(ids.split(",")), scene, found.container())));
  }

  private FakeReply batch(List<String> ids, Scene scene, Optional<Thing> container) {
    if (ids.size() > most) {
      return FakeReply.json(JsonTree.object("error", "more than " + most + " ids").toString())
          .withStatus(400);
    }
    ArrayNode found = JsonTree.MAPPER.createArrayNode();
    scene.world().listed(records.kind()).stream()
        .filter(thing -> container.isEmpty() || thing.findParent().equals(container))
        .filter(thing -> ids.contains(thing.id()))
        .sorted((Thing a, Thing b) -> Integer.compare(b.number(), a.number()))
        .forEach(thing -> add(found, thing, scene));
    ObjectNode body = JsonTree.object();
    JsonTree.set(body, at, found);
    return FakeReply.json(body.toString());
  }

  private void add(ArrayNode found, Thing thing, Scene scene) {
    for (int i = 0; i < scene.quirks().timesInBatch(thing.number()); i++) {
      found.add(scene.quirks().record(records.json(thing)));
    }
  }

  @Override
  public Optional<Records> shown() {
    return Optional.of(records);
  }
}
