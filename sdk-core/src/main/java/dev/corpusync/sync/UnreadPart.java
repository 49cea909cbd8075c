package dev.corpusync.sync;

import dev.corpusync.document.Ref;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a stored record that could not be read: denied, missing or malformed. It is asked for
 * again, with a growing delay, though the record stays the same (P5, P10). Immutable.
 *
 * @since 0.1
 */
public final class UnreadPart {
  private final Scope scope;
  private final Ref item;
  private final String part;
  private final String reason;
  private final int attempts;
  private final Instant first;
  private final Instant last;
  private final Instant next;

  private UnreadPart(Builder from) {
    scope = from.scope;
    item = from.item;
    part = from.part;
    reason = from.reason;
    attempts = from.attempts;
    first = from.first;
    last = from.last;
    next = from.next;
  }

  /** Returns a builder of a part that could not be read once. */
  public static Builder builder(Scope scope, Ref item, String part) {
    return new Builder(scope, item, part);
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(scope, item, part)
        .reason(reason)
        .attempts(attempts)
        .first(first)
        .last(last)
        .next(next);
  }

  /** The scope that the record is read in. */
  public Scope scope() {
    return scope;
  }

  /** The record whose part it is. */
  public Ref item() {
    return item;
  }

  /** The name of the part. */
  public String part() {
    return part;
  }

  /** What the API answered; never content. */
  public String reason() {
    return reason;
  }

  /** How often it could not be read, one after the other. */
  public int attempts() {
    return attempts;
  }

  /** When it could not be read first. */
  public Instant first() {
    return first;
  }

  /** When it could not be read last. */
  public Instant last() {
    return last;
  }

  /** The time before which only a resync asks for it again. */
  public Instant next() {
    return next;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnreadPart o
        && scope.equals(o.scope)
        && item.equals(o.item)
        && part.equals(o.part)
        && reason.equals(o.reason)
        && attempts == o.attempts
        && first.equals(o.first)
        && last.equals(o.last)
        && next.equals(o.next);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scope, item, part, reason, attempts, first, last, next);
  }

  /** Holds no id. */
  @Override
  public String toString() {
    return "UnreadPart[kind="
        + item.kind()
        + ", part="
        + part
        + ", reason="
        + reason
        + ", attempts="
        + attempts
        + ", first="
        + first
        + ", last="
        + last
        + ", next="
        + next
        + "]";
  }

  /** Collects an unread part. Not for use by two threads. */
  public static final class Builder {
    private final Scope scope;
    private final Ref item;
    private final String part;
    private String reason = "";
    private int attempts = 1;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private Instant next = Instant.EPOCH;

    private Builder(Scope scope, Ref item, String part) {
      this.scope = scope;
      this.item = item;
      this.part = part;
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

    public Builder next(Instant value) {
      next = value;
      return this;
    }

    public UnreadPart build() {
      return new UnreadPart(this);
    }
  }
}
