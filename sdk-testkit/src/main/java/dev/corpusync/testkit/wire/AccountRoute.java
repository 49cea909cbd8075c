package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Whose the secret is. */
record AccountRoute(String name, RoutePattern place, ObjectNode who) implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place
        .find(request, scene.world())
        .map(found -> FakeReply.json(scene.quirks().account(who).toString()));
  }
}
