package dev.corpusync.testkit.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cursors that the API has given out: only these come back (opaque means opaque). */
final class Cursors {
  private final Map<String, Given> given = new HashMap<>();

  /** A cursor with the time, in expiries, when it was given out. */
  private record Given(At at, int epoch) {}

  /**
   * A place in a listing.
   *
   * @param page its number, counted from 0
   * @param after the key of the last record before it
   */
  record At(int page, long after) {
    static final At START = new At(0, Long.MIN_VALUE);
  }

  String give(At place, Quirks quirks) {
    // Opaque: it must not give away the number of the record before, which may be a private one.
    String cursor =
        quirks.cursorForm(
            "c"
                + place.page()
                + "."
                + Long.toString(place.after() * 31 + 7, 36)
                + (quirks.cursorEpoch() == 0 ? "" : "." + quirks.cursorEpoch()));
    given.put(cursor, new Given(place, quirks.cursorEpoch()));
    return cursor;
  }

  Optional<At> find(String cursor, Quirks quirks) {
    return Optional.ofNullable(given.get(cursor))
        .filter(g -> g.epoch() == quirks.cursorEpoch())
        .map(Given::at);
  }
}
