package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Everyone at the source. */
record PeopleRoute(String name, RoutePattern place, Function<Person, ObjectNode> json, Pages pages)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place
        .find(request, scene.world())
        .map(
            at -> {
              List<PageCutter.Row> rows =
                  scene.world().people().stream()
                      .map(
                          p ->
                              new PageCutter.Row(
                                  p.number(), () -> scene.quirks().person(json.apply(p))))
                      .toList();
              return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
            });
  }

  @Override
  public Optional<Function<Person, ObjectNode>> person() {
    return Optional.of(json);
  }
}
