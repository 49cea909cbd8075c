package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** What never changes: the fields of a record, the stages of a pipeline. */
record StaticRoute(String name, RoutePattern place, List<ObjectNode> records, Pages pages)
    implements Route {
  StaticRoute {
    records = List.copyOf(records);
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place.find(request, scene.world()).map(at -> page(request, scene));
  }

  private FakeReply page(FakeRequest request, Scene scene) {
    List<PageCutter.Row> rows =
        IntStream.range(0, records.size())
            .mapToObj(i -> new PageCutter.Row(i, records.get(i)::deepCopy))
            .toList();
    return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }
}
