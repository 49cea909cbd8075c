package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.Optional;

/** A single thing by its own path; 404 once it is gone. */
record ItemRoute(String name, RoutePattern place, Records records) implements Route {
  @Override
  public Optional<String> ofSingleRecords() {
    return Optional.of(records.kind());
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return place
        .thing(request, scene.world())
        .map(
            thing ->
                thing.isListed()
                    ? FakeReply.json(scene.quirks().record(records.json(thing)).toString())
                    : FakeReply.json("{\"error\":\"not found\"}").withStatus(404));
  }

  @Override
  public Optional<Records> shown() {
    return Optional.of(records);
  }
}
