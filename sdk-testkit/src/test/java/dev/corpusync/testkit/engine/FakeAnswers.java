package dev.corpusync.testkit.engine;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Ways to make an API answer differently, and wrong answers. */
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

  /** What an API can answer about one thing and no request can change. */
  static Map<String, FakeReply> refusals() {
    Map<String, FakeReply> all = new TreeMap<>();
    for (int status : new int[] {400, 409, 422, 500, 502, 503}) {
      all.put("" + status, FakeReply.status(status));
    }
    return all;
  }

  /** The same, and answers that are no record. */
  static Map<String, FakeReply> nonsense() {
    Map<String, FakeReply> all = refusals();
    all.put("a web page", FakeReply.bytes(200, "text/html", bytes("<html>sorry</html>")));
    all.put("no JSON", FakeReply.bytes(200, "application/json", bytes("{\"id\":")));
    all.put("nothing", FakeReply.bytes(200, "application/json", bytes("")));
    return all;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
