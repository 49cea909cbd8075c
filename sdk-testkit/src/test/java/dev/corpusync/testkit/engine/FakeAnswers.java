package dev.corpusync.testkit.engine;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;

/** Ways to make the bench's API answer differently. */
final class FakeAnswers {
  private FakeAnswers() {}

  /** One thing by id, answered with this the first time. */
  static void one(Bench bench, String id, FakeReply reply) {
    bench.server.fault("/one/" + id, 1, Fault.answers(reply));
  }

  /** The API fails for good from this exchange on. */
  static void stop(Bench bench, int exchange) {
    for (int i = exchange; i < exchange + 5; i++) {
      bench.server.fault(i, Fault.status(400));
    }
  }
}
