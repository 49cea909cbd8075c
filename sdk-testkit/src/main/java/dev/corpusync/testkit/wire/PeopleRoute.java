package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Everyone at the source. */
record PeopleRoute(String name, Place place, Function<Person, ObjectNode> json, Pages pages)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place
        .find(request, scene.world())
        .map(
            at -> {
              List<Cutter.Row> rows =
                  scene.world().people().stream()
                      .map(
                          p ->
                              new Cutter.Row(
                                  p.number(), () -> scene.quirks().person(json.apply(p))))
                      .toList();
              return new Cutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
            });
  }

  @Override
  public Optional<Function<Person, ObjectNode>> person() {
    return Optional.of(json);
  }
}
