package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import java.util.Optional;

/**
 * A request for one page, passed to an {@link Extractor}: where to read, from which position, and
 * since when. Immutable. The engine makes it; an extractor that wraps another one may change it.
 *
 * @since 0.1
 */
public final class FetchRequest<C extends SyncCursor> {
  private final At at;
  private final Api api;
  private final Instant now;
  private final Optional<C> position;
  private final Optional<Instant> since;
  private final Optional<C> deltaToken;

  private FetchRequest(
      At at,
      Api api,
      Instant now,
      Optional<C> position,
      Optional<Instant> since,
      Optional<C> deltaToken) {
    this.at = at;
    this.api = api;
    this.now = now;
    this.position = position;
    this.since = since;
    this.deltaToken = deltaToken;
  }

  /** Returns the request for the first page of everything. */
  public static <C extends SyncCursor> FetchRequest<C> first(At at, Api api, Instant now) {
    return new FetchRequest<>(at, api, now, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns this request for another page; empty for the first one. */
  public FetchRequest<C> withPosition(Optional<C> cursor) {
    return new FetchRequest<>(at, api, now, cursor, since, deltaToken);
  }

  /** Returns this request for what changed since a time; empty for everything. */
  public FetchRequest<C> withSince(Optional<Instant> watermark) {
    return new FetchRequest<>(at, api, now, position, watermark, deltaToken);
  }

  /** Returns this request for what changed since a delta token; empty for everything. */
  public FetchRequest<C> withDeltaToken(Optional<C> token) {
    return new FetchRequest<>(at, api, now, position, since, token);
  }

  /** The settings and the container to read in. */
  public At at() {
    return at;
  }

  /** The client to read with. Requests that fail make the page fail, even when caught. */
  public Api api() {
    return api;
  }

  /** The cursor of the page; empty for the first page. */
  public Optional<C> position() {
    return position;
  }

  /** The watermark, without any overlap: changes from then on are wanted. Empty for everything. */
  public Optional<Instant> since() {
    return since;
  }

  /**
   * The token that the last complete pass ended with; empty for everything. Only for sources whose
   * pages end with one, in place of {@link #since()}.
   */
  public Optional<C> deltaToken() {
    return deltaToken;
  }

  /** The current time by the engine's clock. It is never a watermark by itself (P4). */
  public Instant now() {
    return now;
  }
}
