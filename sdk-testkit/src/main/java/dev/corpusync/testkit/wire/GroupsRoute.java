package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Group;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Every group at the source. */
record GroupsRoute(String name, Place place, Function<Group, ObjectNode> json, Pages pages)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene));
  }

  private FakeReply page(FakeRequest request, Scene scene) {
    List<Cutter.Row> rows =
        scene.world().crowd().groups().stream()
            .map(group -> new Cutter.Row(group.number(), () -> json.apply(group)))
            .toList();
    return new Cutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }
}
