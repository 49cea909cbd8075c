package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log that names what was changed or deleted, each thing with its last change.
 *
 * @param kept how long entries are; older ones are left out without a word
 */
record LogRoute(
    String name,
    RoutePattern place,
    Records records,
    Function<Thing, ObjectNode> entry,
    Pages pages,
    Changes changes,
    Duration kept)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene, at.container()));
  }

  @Override
  public Optional<Changes> narrowed() {
    return Optional.of(changes);
  }

  @Override
  public Set<String> parameters() {
    return changes.parameters();
  }

  private FakeReply page(FakeRequest request, Scene scene, Optional<Thing> container) {
    Instant oldest = scene.world().clock().minus(kept);
    List<Thing> named =
        scene.world().all(records.kind()).stream()
            .filter(t -> container.isEmpty() || t.wasIn(container.get()))
            .filter(t -> !t.isWithheld() && !t.updated().isBefore(oldest))
            .toList();
    List<PageCutter.Row> rows =
        changes.byChange().matching(request, named).stream()
            .map(keyed -> new PageCutter.Row(keyed.key(), () -> entry.apply(keyed.thing())))
            .toList();
    return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }
}
