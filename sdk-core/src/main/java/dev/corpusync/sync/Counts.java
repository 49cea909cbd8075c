package dev.corpusync.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The number of records that a run read, stored, deleted and failed to read. Immutable.
 *
 * <p>{@code seen = stored + unchanged + hidden + failed}; deleted records are counted beside these.
 *
 * @since 0.1
 */
public final class Counts {
  /** Every count at zero. */
  public static final Counts ZERO = new Counts(new Builder());

  private final long seen;
  private final long stored;
  private final long unchanged;
  private final long hidden;
  private final long failed;
  private final long deleted;
  private final long events;
  private final long requests;

  private Counts(Builder from) {
    seen = from.seen;
    stored = from.stored;
    unchanged = from.unchanged;
    hidden = from.hidden;
    failed = from.failed;
    deleted = from.deleted;
    events = from.events;
    requests = from.requests;
  }

  /** Returns a builder with every count at zero. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns these counts with the given ones added. */
  public Counts plus(Counts o) {
    return builder()
        .seen(seen + o.seen)
        .stored(stored + o.stored)
        .unchanged(unchanged + o.unchanged)
        .hidden(hidden + o.hidden)
        .failed(failed + o.failed)
        .deleted(deleted + o.deleted)
        .events(events + o.events)
        .requests(requests + o.requests)
        .build();
  }

  /** Records that the API returned. */
  public long seen() {
    return seen;
  }

  /** Records that are new or changed. */
  public long stored() {
    return stored;
  }

  /** Records that are the same as before. */
  public long unchanged() {
    return unchanged;
  }

  /** Records that are hidden, or whose visibility is unknown; they are not stored. */
  public long hidden() {
    return hidden;
  }

  /** Records that could not be read; see {@link FailedItem}. */
  public long failed() {
    return failed;
  }

  /**
   * Items deleted from the store: by a tombstone, by a sweep, because they became hidden, or
   * because their container was deleted.
   */
  public long deleted() {
    return deleted;
  }

  /** Events written to the change feed. */
  public long events() {
    return events;
  }

  /** Requests sent to the API. */
  public long requests() {
    return requests;
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counts o
        && seen == o.seen
        && stored == o.stored
        && unchanged == o.unchanged
        && hidden == o.hidden
        && failed == o.failed
        && deleted == o.deleted
        && events == o.events
        && requests == o.requests;
  }

  @Override
  public int hashCode() {
    return Objects.hash(seen, stored, unchanged, hidden, failed, deleted, events, requests);
  }

  @Override
  public String toString() {
    return "Counts[seen="
        + seen
        + ", stored="
        + stored
        + ", unchanged="
        + unchanged
        + ", hidden="
        + hidden
        + ", failed="
        + failed
        + ", deleted="
        + deleted
        + ", events="
        + events
        + ", requests="
        + requests
        + "]";
  }

  /** Collects counts; each starts at zero. */
  public static final class Builder {
    private long seen = 0;
    private long stored = 0;
    private long unchanged = 0;
    private long hidden = 0;
    private long failed = 0;
    private long deleted = 0;
    private long events = 0;
    private long requests = 0;

    private Builder() {}

    private Builder(Counts from) {
      seen = from.seen;
      stored = from.stored;
      unchanged = from.unchanged;
      hidden = from.hidden;
      failed = from.failed;
      deleted = from.deleted;
      events = from.events;
      requests = from.requests;
    }

    public Builder seen(long value) {
      seen = value;
      return this;
    }

    public Builder stored(long value) {
      stored = value;
      return this;
    }

    public Builder unchanged(long value) {
      unchanged = value;
      return this;
    }

    public Builder hidden(long value) {
      hidden = value;
      return this;
    }

    public Builder failed(long value) {
      failed = value;
      return this;
    }

    public Builder deleted(long value) {
      deleted = value;
      return this;
    }

    public Builder events(long value) {
      events = value;
      return this;
    }

    public Builder requests(long value) {
      requests = value;
      return this;
    }

    public Counts build() {
      return new Counts(this);
    }
  }
}
