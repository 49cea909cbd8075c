package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of one connection, as it is recorded: what started it, how it ended, what it counted.
 * Immutable.
 *
 * @since 0.1
 */
public final class Run {

  private final ConnectionKey key;
  private final String id;
  private final Trigger trigger;
  private final State state;
  private final Instant started;
  private final Optional<Instant> ended;
  private final Counts counts;
  private final String message;
  private final FailureKind failureKind;
  private final Optional<Instant> notBefore;
  private final String round;

  private Run(Builder from) {
    key = from.key;
    id = from.id;
    trigger = from.trigger;
    state = from.state;
    started = from.started;
    ended = from.ended;
    counts = from.counts;
    message = from.message;
    failureKind = from.failureKind;
    notBefore = from.notBefore;
    round = from.round;
  }

  /** The call that started a run. A later version may add values: switch with a default. */
  public enum Trigger {
    /** {@code sync}, by a host or a schedule. */
    SYNC,
    /** {@code resync}. */
    RESYNC,
    /** {@code retry} of a failed item. */
    RETRY,
    /** {@code refresh} of items by id. */
    REFRESH,
    /** {@code approve} or {@code dismiss} of a held deletion. */
    DECISION,
    /** A trigger that a newer version recorded. */
    UNKNOWN
  }

  /** How a run ended. A later version may add values: switch with a default. */
  public enum State {
    /** The run has not ended. */
    RUNNING,
    /** Everything was read and stored. */
    SUCCEEDED,
    /** Everything was read and stored, but a deletion is held or an item failed. */
    NEEDS_REVIEW,
    /** Something failed; {@link Run#message()} says what. */
    FAILED,
    /**
     * The API asks for a longer wait than a worker should spend; the next run resumes, not before
     * {@link Run#notBefore()}.
     */
    RATE_LIMITED,
    /**
     * The run used up its time or its requests, see {@code CorpusyncBuilder.yieldAfter}, and made
     * room for others. The next one resumes, and is due at once.
     */
    YIELDED,
    /** The host cancelled the run; the next one resumes. */
    CANCELLED,
    /**
     * The run could not begin, most often because another one works; nothing was recorded. Try
     * again at {@link Run#notBefore()}.
     */
    BUSY,
    /** The process of the run ended before the run; found by the next run. */
    ABANDONED,
    /**
     * The run lost its lease: another worker took over, or the connection was changed or
     * disconnected. Its pages up to then stay, and nothing after that was written. Returned and
     * told to listeners, never recorded: the record says {@code ABANDONED}.
     */
    FENCED,
    /** A state that a newer version recorded. */
    UNKNOWN
  }

  /** Returns a builder of a run that has begun. */
  public static Builder builder(ConnectionKey key, String id) {
    return new Builder(key, id);
  }

  /** Returns a run that has just started. */
  public static Run begun(ConnectionKey key, String id, Trigger trigger, Instant at) {
    return builder(key, id).trigger(trigger).started(at).round(id).build();
  }

  /** Returns this run as ended. */
  public Run withEnd(State how, Instant at, String why) {
    return toBuilder().state(how).ended(at).message(why).build();
  }

  /** Returns this run with other counts. */
  public Run withCounts(Counts all) {
    return toBuilder().counts(all).build();
  }

  /** Returns this run with another kind of failure. */
  public Run withFailureKind(FailureKind kind) {
    return toBuilder().failureKind(kind).build();
  }

  /** Returns this run with another earliest time of the next request. */
  public Run withNotBefore(Optional<Instant> earliest) {
    return toBuilder().notBefore(earliest).build();
  }

  /** The connection that the run works on. */
  public ConnectionKey key() {
    return key;
  }

  /** The id of the run, unique within its connection. */
  public String id() {
    return id;
  }

  /** The call that started the run. */
  public Trigger trigger() {
    return trigger;
  }

  /** How the run ended, or {@code RUNNING}. */
  public State state() {
    return state;
  }

  /** When the run started. */
  public Instant started() {
    return started;
  }

  /** When the run ended; empty while it runs. */
  public Optional<Instant> ended() {
    return ended;
  }

  /** What the run read and wrote so far. */
  public Counts counts() {
    return counts;
  }

  /**
   * Why the run ended as it did, for an administrator: what failed, or what awaits review. Never
   * content or a secret.
   */
  public String message() {
    return message;
  }

  /** Who can do something about the failure. */
  public FailureKind failureKind() {
    return failureKind;
  }

  /**
   * The earliest time of the next request, where the API asked for a long wait: no process sends a
   * request earlier, and a schedule runs again then. Of a run that was {@code BUSY}, when to try
   * again.
   */
  public Optional<Instant> notBefore() {
    return notBefore;
  }

  /**
   * The id of the run that began the round of this one: a run that continues one that yielded does
   * not read again what that one has read.
   */
  public String round() {
    return round;
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Run o
        && key.equals(o.key)
        && id.equals(o.id)
        && trigger.equals(o.trigger)
        && state.equals(o.state)
        && started.equals(o.started)
        && ended.equals(o.ended)
        && counts.equals(o.counts)
        && message.equals(o.message)
        && failureKind.equals(o.failureKind)
        && notBefore.equals(o.notBefore)
        && round.equals(o.round);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        key, id, trigger, state, started, ended, counts, message, failureKind, notBefore, round);
  }

  @Override
  public String toString() {
    return "Run[key="
        + key
        + ", id="
        + id
        + ", trigger="
        + trigger
        + ", state="
        + state
        + ", started="
        + started
        + ", ended="
        + ended
        + ", counts="
        + counts
        + ", message="
        + message
        + ", failureKind="
        + failureKind
        + ", notBefore="
        + notBefore
        + ", round="
        + round
        + "]";
  }

  /** Collects a run; for stores and tests, the engine makes all others. */
  public static final class Builder {
    private final ConnectionKey key;
    private final String id;
    private Trigger trigger = Trigger.SYNC;
    private State state = State.RUNNING;
    private Instant started = Instant.EPOCH;
    private Optional<Instant> ended = Optional.empty();
    private Counts counts = Counts.ZERO;
    private String message = "";
    private FailureKind failureKind = FailureKind.NONE;
    private Optional<Instant> notBefore = Optional.empty();
    private String round;

    private Builder(ConnectionKey key, String id) {
      this.key = key;
      this.id = id;
      round = id;
    }

    private Builder(Run from) {
      key = from.key;
      id = from.id;
      trigger = from.trigger;
      state = from.state;
      started = from.started;
      ended = from.ended;
      counts = from.counts;
      message = from.message;
      failureKind = from.failureKind;
      notBefore = from.notBefore;
      round = from.round;
    }

    public Builder trigger(Trigger value) {
      trigger = value;
      return this;
    }

    public Builder state(State value) {
      state = value;
      return this;
    }

    public Builder started(Instant value) {
      started = value;
      return this;
    }

    public Builder ended(Optional<Instant> value) {
      ended = value;
      return this;
    }

    public Builder ended(Instant value) {
      return ended(Optional.of(value));
    }

    public Builder counts(Counts value) {
      counts = value;
      return this;
    }

    public Builder message(String value) {
      message = value;
      return this;
    }

    public Builder failureKind(FailureKind value) {
      failureKind = value;
      return this;
    }

    public Builder notBefore(Optional<Instant> value) {
      notBefore = value;
      return this;
    }

    public Builder notBefore(Instant value) {
      return notBefore(Optional.of(value));
    }

    public Builder round(String value) {
      round = value;
      return this;
    }

    public Run build() {
      return new Run(this);
    }
  }
}
