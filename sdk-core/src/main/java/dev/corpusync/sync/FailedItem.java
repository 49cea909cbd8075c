package dev.corpusync.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read, by reference and reason, never content (P10). Immutable.
 *
 * @since 0.1
 */
public final class FailedItem {
  private static final Duration FIRST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Scope scope;
  private final String id;
  private final Identity identity;
  private final String reason;
  private final int attempts;
  private final Instant first;
  private final Instant last;

  private FailedItem(Builder from) {
    scope = from.scope;
    id = from.id;
    identity = from.identity;
    reason = from.reason;
    attempts = from.attempts;
    first = from.first;
    last = from.last;
  }

  /** Whether the id of a failed record is known. Further values may be added in a minor release. */
  public enum Identity {
    /** The id was read; the record can be fetched again by it. */
    IDENTIFIED,
    /**
     * The id could not be read: a fingerprint stands for it, and its listing proves no absence
     * (P7).
     */
    UNIDENTIFIED,
    /**
     * The id was read, and nothing can be stored under it: a fingerprint stands for it. It is
     * listed as failed as long as the source lists it; nothing waits for it.
     */
    REFUSED
  }

  /** Returns a record whose id is known, after its first failure. */
  public static FailedItem identified(Scope scope, String id, String reason, Instant at) {
    return builder(scope, id).reason(reason).first(at).last(at).build();
  }

  /**
   * Returns a record whose id could not be read, after its first failure.
   *
   * @param fingerprint of the record, in place of its id
   */
  public static FailedItem unidentified(
      Scope scope, String fingerprint, String reason, Instant at) {
    return identified(scope, fingerprint, reason, at).toBuilder()
        .identity(Identity.UNIDENTIFIED)
        .build();
  }

  /**
   * Returns a record under whose id nothing can be stored.
   *
   * @param fingerprint of the id, in its place
   */
  public static FailedItem refused(Scope scope, String fingerprint, String reason, Instant at) {
    return identified(scope, fingerprint, reason, at).toBuilder()
        .identity(Identity.REFUSED)
        .build();
  }

  /** Returns a builder of a record that is identified and failed once. */
  public static Builder builder(Scope scope, String id) {
    return new Builder(scope, id);
  }

  /** Returns whether the record can be fetched again by its id. */
  public boolean isIdentified() {
    return identity == Identity.IDENTIFIED;
  }

  /** The scope that returned the record. */
  public Scope scope() {
    return scope;
  }

  /** The id of the record in its stream; a fingerprint when it is not identified. */
  public String id() {
    return id;
  }

  /** Whether {@link #id()} is the id of the record. */
  public Identity identity() {
    return identity;
  }

  /** What failed and where; never content. */
  public String reason() {
    return reason;
  }

  /** How often reading was tried. */
  public int attempts() {
    return attempts;
  }

  /** When it failed first. */
  public Instant first() {
    return first;
  }

  /** When it failed last. */
  public Instant last() {
    return last;
  }

  /**
   * The time from which on the engine tries it again by itself: at once after the first failure,
   * then after 5 minutes, twice as long after each further one, and at most a day.
   */
  public Instant notBefore() {
    if (attempts <= 1) {
      return last;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 2, 20));
    return last.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  /**
   * Returns whether the engine may try it again. A last failure in the future was recorded by a
   * clock that was ahead, and is no reason to wait.
   */
  public boolean isDue(Instant now) {
    return last.isAfter(now) || !notBefore().isAfter(now);
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FailedItem o
        && scope.equals(o.scope)
        && id.equals(o.id)
        && identity.equals(o.identity)
        && reason.equals(o.reason)
        && attempts == o.attempts
        && first.equals(o.first)
        && last.equals(o.last);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scope, id, identity, reason, attempts, first, last);
  }

  /** Holds no id. */
  @Override
  public String toString() {
    return "FailedItem[scope="
        + scope
        + ", identity="
        + identity
        + ", reason="
        + reason
        + ", attempts="
        + attempts
        + ", first="
        + first
        + ", last="
        + last
        + "]";
  }

  /** Collects a failed item. */
  public static final class Builder {
    private final Scope scope;
    private final String id;
    private Identity identity = Identity.IDENTIFIED;
    private String reason = "";
    private int attempts = 1;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    private Builder(Scope scope, String id) {
      this.scope = scope;
      this.id = id;
    }

    private Builder(FailedItem from) {
      scope = from.scope;
      id = from.id;
      identity = from.identity;
      reason = from.reason;
      attempts = from.attempts;
      first = from.first;
      last = from.last;
    }

    public Builder identity(Identity value) {
      identity = value;
      return this;
    }

    public Builder reason(String value) {
      reason = value;
      return this;
    }

    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    public Builder first(Instant value) {
      first = value;
      return this;
    }

    public Builder last(Instant value) {
      last = value;
      return this;
    }

    public FailedItem build() {
      return new FailedItem(this);
    }
  }
}
