package dev.corpusync.testkit.auth;

import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A fake API with two listings, {@code /things} and {@code /notes}, of some pages each; the second
 * may be closed.
 */
final class TwoListingsApi implements FakeApi {
  static final int PAGES = 4;
  private static final int PER_PAGE = 3;
  private boolean notesClosed;
  private int extra;

  synchronized void closeNotes() {
    notesClosed = true;
  }

  synchronized void addThing() {
    extra++;
  }

  @Override
  public synchronized Optional<FakeReply> answer(FakeRequest request) {
    return switch (request.path()) {
      case "/things" -> Optional.of(page(request, extra));
      case "/notes" -> Optional.of(notesClosed ? FakeReply.status(403) : page(request, 0));
      default -> Optional.empty();
    };
  }

  private static FakeReply page(FakeRequest request, int extra) {
    int page = Integer.parseInt(request.query("cursor").orElse("1"));
    int rows = PER_PAGE + (page == PAGES ? extra : 0);
    String data =
        IntStream.rangeClosed(1, rows)
            .mapToObj(i -> "{\"id\":" + (page * 100 + i) + ",\"text\":\"t" + i + "\"}")
            .collect(Collectors.joining(","));
    String next = page < PAGES ? "\"" + (page + 1) + "\"" : "null";
    return FakeReply.json("{\"data\":[" + data + "],\"next\":" + next + "}");
  }
}
