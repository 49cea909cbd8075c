package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one subscriber did not take of one document: it is delivered again, in its state of then,
 * until that succeeds or it is a dead letter. Immutable; a later version may add values.
 *
 * @since 0.1
 */
public final class UndeliveredChange {
  private final String subscriber;
  private final ConnectionKey key;
  private final String generation;
  private final Ref ref;
  private final Set<Aspect> aspects;
  private final Set<String> removedChunks;
  private final String reason;
  private final int attempts;
  private final Instant first;
  private final Instant last;
  private final Optional<Instant> notBefore;

  private UndeliveredChange(Builder from) {
    subscriber = from.subscriber;
    key = from.key;
    generation = from.generation;
    ref = from.ref;
    aspects = Set.copyOf(from.aspects);
    removedChunks = Set.copyOf(from.removedChunks);
    reason = from.reason;
    attempts = from.attempts;
    first = from.first;
    last = from.last;
    notBefore = from.notBefore;
  }

  /**
   * Returns a builder of a dead letter that was never tried.
   *
   * @param generation of the connection
   * @param ref of the document
   */
  public static Builder builder(String subscriber, ConnectionKey key, String generation, Ref ref) {
    return new Builder(subscriber, key, generation, ref);
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return builder(subscriber, key, generation, ref)
        .aspects(aspects)
        .removedChunks(removedChunks)
        .reason(reason)
        .attempts(attempts)
        .first(first)
        .last(last)
        .notBefore(notBefore);
  }

  public String subscriber() {
    return subscriber;
  }

  public ConnectionKey key() {
    return key;
  }

  public String generation() {
    return generation;
  }

  /** The document. */
  public Ref ref() {
    return ref;
  }

  /** What of it changed since it was last delivered. */
  public Set<Aspect> aspects() {
    return aspects;
  }

  /** Keys of the chunks that it lost since it was last delivered. */
  public Set<String> removedChunks() {
    return removedChunks;
  }

  /** The type of what the subscriber threw, and where; never its message. */
  public String reason() {
    return reason;
  }

  /** How often delivery was tried. */
  public int attempts() {
    return attempts;
  }

  public Instant first() {
    return first;
  }

  public Instant last() {
    return last;
  }

  /** When it is delivered again; empty for a dead letter. */
  public Optional<Instant> notBefore() {
    return notBefore;
  }

  /** Whether it is not delivered again until the host says so or the document changes. */
  public boolean isDead() {
    return notBefore.isEmpty();
  }

  /**
   * Whether it is time for another attempt. A last attempt in the future was recorded by a clock
   * that was ahead, and is no reason to wait.
   */
  public boolean isDue(Instant now) {
    return notBefore.filter(at -> !at.isAfter(now) || last.isAfter(now)).isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UndeliveredChange u
        && u.subscriber.equals(subscriber)
        && u.key.equals(key)
        && u.generation.equals(generation)
        && u.ref.equals(ref)
        && u.aspects.equals(aspects)
        && u.removedChunks.equals(removedChunks)
        && u.reason.equals(reason)
        && u.attempts == attempts
        && u.first.equals(first)
        && u.last.equals(last)
        && u.notBefore.equals(notBefore);
  }

  @Override
  public int hashCode() {
    return Objects.hash(subscriber, key, generation, ref, attempts, last, notBefore);
  }

  /** Holds no id. */
  @Override
  public String toString() {
    return "UndeliveredChange("
        + subscriber
        + ", "
        + key
        + ", "
        + ref.kind()
        + ", "
        + attempts
        + " attempts, "
        + reason
        + ")";
  }

  /** Collects an undelivered change. Not for use by two threads. */
  public static final class Builder {
    private final String subscriber;
    private final ConnectionKey key;
    private final String generation;
    private final Ref ref;
    private final Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    private final Set<String> removedChunks = new TreeSet<>();
    private String reason = "";
    private int attempts;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private Optional<Instant> notBefore = Optional.empty();

    private Builder(String subscriber, ConnectionKey key, String generation, Ref ref) {
      this.subscriber = subscriber;
      this.key = key;
      this.generation = generation;
      this.ref = ref;
    }

    /** Adds aspects. */
    public Builder aspects(Set<Aspect> more) {
      aspects.addAll(more);
      return this;
    }

    /** Adds keys of chunks. */
    public Builder removedChunks(Set<String> more) {
      removedChunks.addAll(more);
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

    public Builder notBefore(Optional<Instant> value) {
      notBefore = value;
      return this;
    }

    public UndeliveredChange build() {
      return new UndeliveredChange(this);
    }
  }
}
