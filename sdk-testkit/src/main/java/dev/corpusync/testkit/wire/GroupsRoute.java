package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Group;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Every group at the source. */
record GroupsRoute(String name, RoutePattern place, Function<Group, ObjectNode> json, Pages pages)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene));
  }

  private FakeReply page(FakeRequest request, Scene scene) {
    List<PageCutter.Row> rows =
        scene.world().crowd().groups().stream()
            .map(group -> new PageCutter.Row(group.number(), () -> json.apply(group)))
            .toList();
    return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }
}
