package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A listing of things, of all or of those in one container. */
record ListRoute(String name, RoutePattern place, Records records, Pages pages, Changes changes)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene, at));
  }

  @Override
  public Optional<Changes> narrowed() {
    return Optional.of(changes);
  }

  @Override
  public Set<String> parameters() {
    return changes.parameters();
  }

  private FakeReply page(FakeRequest request, Scene scene, RoutePattern.Found at) {
    return changes
        .refusal(request)
        .orElseGet(
            () ->
                new PageCutter(pages, scene.quirks(), scene.cursors())
                    .page(request, rows(request, scene, at.container())));
  }

  private List<PageCutter.Row> rows(FakeRequest request, Scene scene, Optional<Thing> container) {
    List<Thing> things =
        scene.world().listed(records.kind()).stream()
            .filter(t -> container.isEmpty() || t.findParent().equals(container))
            .limit(
                scene.world().isContainer(records.type())
                    ? Long.MAX_VALUE
                    : scene.quirks().listsOnly())
            .toList();
    return changes.matching(request, things).stream()
        .map(
            keyed ->
                new PageCutter.Row(
                    keyed.key(), () -> scene.quirks().record(records.json(keyed.thing()))))
        .toList();
  }

  @Override
  public Optional<Records> shown() {
    return Optional.of(records);
  }
}
