package dev.corpusync.sync;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is committed of one scope, and where the next run resumes. Immutable.
 *
 * @since 0.1
 */
public final class Checkpoint {

  private final Scope scope;
  private final Optional<Instant> watermark;
  private final Optional<StoredCursor> deltaToken;
  private final boolean completed;
  private final Optional<Pass> pass;
  private final String suspects;
  private final String settingsFingerprint;
  private final Optional<FullPassReason> fullPassOwed;
  private final String round;
  private final String hiddenUnder;
  private final Set<String> tombstoned;

  private Checkpoint(Builder from) {
    scope = from.scope;
    watermark = from.watermark;
    deltaToken = from.deltaToken;
    completed = from.completed;
    pass = from.pass;
    suspects = from.suspects;
    settingsFingerprint = from.settingsFingerprint;
    fullPassOwed = from.fullPassOwed;
    round = from.round;
    hiddenUnder = from.hiddenUnder;
    tombstoned = Collections.unmodifiableSet(new LinkedHashSet<>(from.tombstoned));
  }

  /** Returns the checkpoint of a scope that was never read: its first pass is full. */
  public static Checkpoint none(Scope scope) {
    return builder(scope).build();
  }

  /** Returns a builder of a checkpoint that has read nothing. */
  public static Builder builder(Scope scope) {
    return new Builder(scope);
  }

  /** Returns this checkpoint with another pass under way. */
  public Checkpoint withPass(Pass next) {
    return toBuilder().pass(next).build();
  }

  /** Returns this checkpoint with another fingerprint of its settings. */
  public Checkpoint withSettingsFingerprint(String under) {
    return toBuilder().settingsFingerprint(under).build();
  }

  /**
   * Returns this checkpoint as one that owes a full pass. A pass under way is dropped, as it began
   * before this was known.
   */
  public Checkpoint owingFullPass(FullPassReason reason) {
    return toBuilder().fullPassOwed(Optional.of(reason)).pass(Optional.empty()).build();
  }

  /** Returns this checkpoint with what decided which records were hidden. */
  public Checkpoint withHiddenUnder(String under) {
    return toBuilder().hiddenUnder(under).build();
  }

  /** The scope that this is the checkpoint of. */
  public Scope scope() {
    return scope;
  }

  /** The source time up to which changes are stored; empty until a full pass has succeeded (P4). */
  public Optional<Instant> watermark() {
    return watermark;
  }

  /** The delta token or sync token from which the next incremental pass continues. */
  public Optional<StoredCursor> deltaToken() {
    return deltaToken;
  }

  /** Returns whether a full pass has ever succeeded. */
  public boolean completed() {
    return completed;
  }

  /** The pass that has begun and not ended. */
  public Optional<Pass> pass() {
    return pass;
  }

  /**
   * A hash over the ids that the last complete listing missed without proof: they are deleted when
   * the next listing misses the same ones.
   */
  public String suspects() {
    return suspects;
  }

  /**
   * A fingerprint of the settings that the scope was read under: when it differs, the scope is read
   * in full.
   */
  public String settingsFingerprint() {
    return settingsFingerprint;
  }

  /**
   * Why the next pass must be full, whatever the host asks for. Kept until a full pass has ended;
   * that pass may take several runs.
   */
  public Optional<FullPassReason> fullPassOwed() {
    return fullPassOwed;
  }

  /**
   * The {@linkplain Run#round() round} of runs in which the scope was last read to its end; "" when
   * it was not. A run of the same round does not read it again.
   */
  public String round() {
    return round;
  }

  /**
   * What the visibility of records depended on when some were hidden; blank when none were since
   * the last full pass began. Hidden records are not stored: when it differs, a full pass is owed.
   */
  public String hiddenUnder() {
    return hiddenUnder;
  }

  /**
   * The ids of containers that a change feed told are deleted. They are deleted once the run has
   * read every scope, since what lay in them may have moved to another one; kept until then.
   */
  public Set<String> tombstoned() {
    return tombstoned;
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Checkpoint o
        && scope.equals(o.scope)
        && watermark.equals(o.watermark)
        && deltaToken.equals(o.deltaToken)
        && completed == o.completed
        && pass.equals(o.pass)
        && suspects.equals(o.suspects)
        && settingsFingerprint.equals(o.settingsFingerprint)
        && fullPassOwed.equals(o.fullPassOwed)
        && round.equals(o.round)
        && hiddenUnder.equals(o.hiddenUnder)
        && tombstoned.equals(o.tombstoned);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        scope,
        watermark,
        deltaToken,
        completed,
        pass,
        suspects,
        settingsFingerprint,
        fullPassOwed,
        round,
        hiddenUnder,
        tombstoned);
  }

  /** Holds neither ids nor tokens. */
  @Override
  public String toString() {
    return "Checkpoint[scope="
        + scope
        + ", watermark="
        + watermark
        + ", deltaToken="
        + deltaToken
        + ", completed="
        + completed
        + ", pass="
        + pass
        + ", suspects="
        + suspects
        + ", settingsFingerprint="
        + settingsFingerprint
        + ", fullPassOwed="
        + fullPassOwed
        + ", hiddenUnder="
        + hiddenUnder
        + "]";
  }

  /** Collects a checkpoint. */
  public static final class Builder {
    private final Scope scope;
    private Optional<Instant> watermark = Optional.empty();
    private Optional<StoredCursor> deltaToken = Optional.empty();
    private boolean completed = false;
    private Optional<Pass> pass = Optional.empty();
    private String suspects = "";
    private String settingsFingerprint = "";
    private Optional<FullPassReason> fullPassOwed = Optional.empty();
    private String round = "";
    private String hiddenUnder = "";
    private Collection<String> tombstoned = List.of();

    private Builder(Scope scope) {
      this.scope = scope;
    }

    private Builder(Checkpoint from) {
      scope = from.scope;
      watermark = from.watermark;
      deltaToken = from.deltaToken;
      completed = from.completed;
      pass = from.pass;
      suspects = from.suspects;
      settingsFingerprint = from.settingsFingerprint;
      fullPassOwed = from.fullPassOwed;
      round = from.round;
      hiddenUnder = from.hiddenUnder;
      tombstoned = from.tombstoned;
    }

    public Builder watermark(Optional<Instant> value) {
      watermark = value;
      return this;
    }

    public Builder watermark(Instant value) {
      return watermark(Optional.of(value));
    }

    public Builder deltaToken(Optional<StoredCursor> value) {
      deltaToken = value;
      return this;
    }

    public Builder deltaToken(StoredCursor value) {
      return deltaToken(Optional.of(value));
    }

    public Builder completed(boolean value) {
      completed = value;
      return this;
    }

    public Builder pass(Optional<Pass> value) {
      pass = value;
      return this;
    }

    public Builder pass(Pass value) {
      return pass(Optional.of(value));
    }

    public Builder suspects(String value) {
      suspects = value;
      return this;
    }

    public Builder settingsFingerprint(String value) {
      settingsFingerprint = value;
      return this;
    }

    public Builder fullPassOwed(Optional<FullPassReason> value) {
      fullPassOwed = value;
      return this;
    }

    public Builder round(String value) {
      round = value;
      return this;
    }

    public Builder hiddenUnder(String value) {
      hiddenUnder = value;
      return this;
    }

    public Builder tombstoned(Collection<String> ids) {
      tombstoned = ids;
      return this;
    }

    public Checkpoint build() {
      return new Checkpoint(this);
    }
  }
}
