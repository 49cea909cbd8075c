package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Group;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may read one thing.
 *
 * @param inner how a group is shown; empty where groups are left out
 */
record ReadersRoute(
    String name,
    RoutePattern owners,
    Function<Person, ObjectNode> json,
    Optional<Function<Group, ObjectNode>> inner,
    Pages pages)
    implements Route {
  @Override
  public Optional<String> ofSingleRecords() {
    return Optional.of(owners.kind());
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return owners
        .find(request, scene.world())
        .flatMap(RoutePattern.Found::container)
        .map(owner -> page(request, scene, owner));
  }

  private FakeReply page(FakeRequest request, Scene scene, Thing owner) {
    List<PageCutter.Row> rows = new ArrayList<>();
    for (Person reader : owner.readers()) {
      rows.add(
          new PageCutter.Row(reader.number(), () -> scene.quirks().person(json.apply(reader))));
    }
    inner.ifPresent(
        form ->
            owner
                .groups()
                .forEach(
                    group ->
                        rows.add(new PageCutter.Row(group.number(), () -> form.apply(group)))));
    scene
        .quirks()
        .stranger()
        .ifPresent(
            likeness ->
                rows.add(
                    new PageCutter.Row(
                        Long.MAX_VALUE - 1,
                        () -> likeness.apply(json.apply(scene.world().people().get(0))))));
    return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }

  @Override
  public Optional<Function<Person, ObjectNode>> person() {
    return Optional.of(json);
  }
}
