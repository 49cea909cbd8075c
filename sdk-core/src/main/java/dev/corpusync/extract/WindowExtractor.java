package dev.corpusync.extract;

import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches window by window, from now back to the floor. */
record WindowExtractor(Windows windows) implements Extractor<WindowExtractor.Window> {
  /** A shorter one is not split. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /**
   * @param page the position within the window; absent at its first page
   * @param top the end of the newest window
   */
  record Window(@Nullable String page, Instant from, Instant to, Instant floor, Instant top)
      implements SyncCursor {
    Window inside(String next) {
      return new Window(next, from, to, floor, top);
    }

    Window starting(Instant newFrom) {
      return new Window(null, newFrom, to, floor, top);
    }

    Duration length() {
      return Duration.between(from, to);
    }

    boolean isDivisible() {
      return length().compareTo(SHORTEST) >= 0;
    }

    Instant middle() {
      return to.minus(length().dividedBy(2));
    }
  }

  @Override
  public Class<Window> cursor() {
    return Window.class;
  }

  @Override
  public Page<Window> fetch(FetchRequest<Window> request) {
    Window at = request.position().orElseGet(() -> newest(request));
    Optional<String> position = Optional.ofNullable(at.page());
    Listing listing = windows.listing(at.from(), at.to());
    Call call = listing.call(request.at(), c -> c, position);
    Reply reply = request.api().send(call);
    Listing.Read read = listing.read(call, reply, position);
    long over = beyondCap(reply);
    if (over >= 0 && at.isDivisible()) {
      return Page.of(List.of()).upTo(at.top()).next(at.starting(at.middle()), Proof.INFERRED);
    }
    Page.Builder page = Page.of(read.records()).upTo(at.top());
    if (over == 0) {
      // As many as the API counts at most, and no smaller window: there may be more.
      page.partial();
    }
    if (over > 0 && position.isEmpty()) {
      // P10: what is left out here costs itself, and the older windows are read all the same.
      page.unreadable(
          reply.call()
              + " has more results within one second, before "
              + at.to().truncatedTo(ChronoUnit.SECONDS)
              + ", than it returns: the others are not read, and no smaller window can be asked for");
    }
    // A record that changes meanwhile leaves its old window for one above the top: an absence is
    // never more than inferred.
    Proof proof = read.proof().weaker(Proof.INFERRED);
    if (read.step().position().isPresent()) {
      return page.next(at.inside(read.step().position().get()), proof);
    }
    return at.from().isAfter(at.floor()) ? page.next(older(at), proof) : page.end(proof);
  }

  private Window newest(FetchRequest<Window> request) {
    Instant top = request.now();
    Instant floor =
        request
            .since()
            .map(t -> t.minus(windows.overlap()))
            .orElseGet(() -> request.at().setting(windows.floor()));
    if (!floor.isBefore(top)) {
      floor = top.minus(Duration.ofSeconds(1));
    }
    return new Window(null, later(floor, top.minus(windows.longest())), top, floor, top);
  }

  /** At most twice as long as the last one: where one had to be split, the next may have to be. */
  private Window older(Window at) {
    Duration length = at.length().multipliedBy(2);
    if (windows.cap().isEmpty() || length.compareTo(windows.longest()) > 0) {
      length = windows.longest();
    }
    return new Window(
        null, later(at.floor(), at.from().minus(length)), at.from(), at.floor(), at.top());
  }

  /** Negative when the API counted all results: a total that equals the cap is not a total. */
  private long beyondCap(Reply reply) {
    return windows.cap().isEmpty() || reply.isBlank()
        ? -1
        : Declared.read(reply, json -> json.number(windows.cap().get().total()))
            - windows.cap().get().results();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
