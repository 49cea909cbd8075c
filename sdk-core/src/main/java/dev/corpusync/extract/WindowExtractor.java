package dev.corpusync.extract;

import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches window by window, from now back to the floor. */
record WindowExtractor(Windows windows) implements Extractor<WindowExtractor.Window> {
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
    Reply reply = request.api().send(listing.call(request.at(), call -> call, position));
    Listing.Read read = listing.read(reply, position);
    if (overflows(reply)) {
      return Page.of(List.of()).upTo(at.top()).next(at.starting(middle(at, reply)), Proof.INFERRED);
    }
    Page.Builder page = Page.of(read.records()).upTo(at.top());
    // A record that changes meanwhile leaves its old window for one above the top: an absence is
    // never more than inferred.
    Proof proof = read.step().proof().weaker(Proof.INFERRED);
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

  private Window older(Window at) {
    return new Window(
        null,
        later(at.floor(), at.from().minus(windows.longest())),
        at.from(),
        at.floor(),
        at.top());
  }

  private boolean overflows(Reply reply) {
    return windows.cap().isPresent()
        && Declared.read(reply, json -> json.number(windows.cap().get().total()))
            > windows.cap().get().results();
  }

  private static Instant middle(Window at, Reply reply) {
    Duration length = Duration.between(at.from(), at.to());
    if (length.compareTo(Duration.ofSeconds(2)) < 0) {
      throw new MalformedReplyException(
          reply.call()
              + " has more results within one second than it returns: no smaller window can be"
              + " requested");
    }
    return at.to().minus(length.dividedBy(2));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
