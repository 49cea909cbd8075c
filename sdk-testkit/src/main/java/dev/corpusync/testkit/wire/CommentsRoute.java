package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The comments of one thing, with requests of their own. */
record CommentsRoute(
    String name, RoutePattern owners, Function<Comment, ObjectNode> json, Pages pages)
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

  boolean isOf(Thing thing) {
    return owners.kind().equals(thing.kind());
  }

  private FakeReply page(FakeRequest request, Scene scene, Thing owner) {
    List<Comment> all = owner.comments();
    List<PageCutter.Row> rows =
        IntStream.range(0, all.size())
            .mapToObj(i -> new PageCutter.Row(i, () -> json.apply(all.get(i))))
            .toList();
    return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }
}
