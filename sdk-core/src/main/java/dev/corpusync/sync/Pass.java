package dev.corpusync.sync;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A full or incremental pass over one scope that has begun and not ended; saved with each page.
 * Immutable.
 *
 * @since 0.1
 */
public final class Pass {

  private final Mode mode;
  private final Optional<StoredCursor> next;
  private final Optional<Instant> candidate;
  private final Optional<StoredCursor> deltaToken;
  private final int pages;
  private final Proof proof;
  private final boolean ended;
  private final String cycleTrail;

  private Pass(Builder from) {
    mode = from.mode;
    next = from.next;
    candidate = from.candidate;
    deltaToken = from.deltaToken;
    pages = from.pages;
    proof = from.proof;
    ended = from.ended;
    cycleTrail = from.cycleTrail;
  }

  /** How much a pass reads. */
  public enum Mode {
    /** Everything. */
    FULL,
    /** What changed since the watermark or the delta token. */
    INCREMENTAL
  }

  /** Returns a pass that has read nothing yet. */
  public static Pass begin(Mode mode) {
    return builder(mode).build();
  }

  /** Returns a builder of a pass that has read nothing yet. */
  public static Builder builder(Mode mode) {
    return new Builder(mode);
  }

  /** How much is read. */
  public Mode mode() {
    return mode;
  }

  /** The cursor of the next page; empty before the first commit and once the listing has ended. */
  public Optional<StoredCursor> next() {
    return next;
  }

  /** The watermark to promote when the pass succeeds: when its first request began (P4). */
  public Optional<Instant> candidate() {
    return candidate;
  }

  /** The delta token that the last page gave. */
  public Optional<StoredCursor> deltaToken() {
    return deltaToken;
  }

  /** Pages committed so far. */
  public int pages() {
    return pages;
  }

  /** The weakest proof of the pages so far (P7). */
  public Proof proof() {
    return proof;
  }

  /**
   * Returns whether the last page is committed, so that only the completion of the pass is left.
   */
  public boolean ended() {
    return ended;
  }

  /** Fingerprints of the cursors read so far, to detect a cycle after a resume (P3). */
  public String cycleTrail() {
    return cycleTrail;
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pass o
        && mode.equals(o.mode)
        && next.equals(o.next)
        && candidate.equals(o.candidate)
        && deltaToken.equals(o.deltaToken)
        && pages == o.pages
        && proof.equals(o.proof)
        && ended == o.ended
        && cycleTrail.equals(o.cycleTrail);
  }

  @Override
  public int hashCode() {
    return Objects.hash(mode, next, candidate, deltaToken, pages, proof, ended, cycleTrail);
  }

  /** Holds no tokens. */
  @Override
  public String toString() {
    return "Pass[mode="
        + mode
        + ", next="
        + next
        + ", candidate="
        + candidate
        + ", deltaToken="
        + deltaToken
        + ", pages="
        + pages
        + ", proof="
        + proof
        + ", ended="
        + ended
        + ", cycleTrail="
        + cycleTrail
        + "]";
  }

  /** Collects a pass. */
  public static final class Builder {
    private final Mode mode;
    private Optional<StoredCursor> next = Optional.empty();
    private Optional<Instant> candidate = Optional.empty();
    private Optional<StoredCursor> deltaToken = Optional.empty();
    private int pages = 0;
    private Proof proof = Proof.SAID;
    private boolean ended = false;
    private String cycleTrail = "";

    private Builder(Mode mode) {
      this.mode = mode;
    }

    private Builder(Pass from) {
      mode = from.mode;
      next = from.next;
      candidate = from.candidate;
      deltaToken = from.deltaToken;
      pages = from.pages;
      proof = from.proof;
      ended = from.ended;
      cycleTrail = from.cycleTrail;
    }

    public Builder next(Optional<StoredCursor> value) {
      next = value;
      return this;
    }

    public Builder next(StoredCursor value) {
      return next(Optional.of(value));
    }

    public Builder candidate(Optional<Instant> value) {
      candidate = value;
      return this;
    }

    public Builder candidate(Instant value) {
      return candidate(Optional.of(value));
    }

    public Builder deltaToken(Optional<StoredCursor> value) {
      deltaToken = value;
      return this;
    }

    public Builder deltaToken(StoredCursor value) {
      return deltaToken(Optional.of(value));
    }

    public Builder pages(int value) {
      pages = value;
      return this;
    }

    public Builder proof(Proof value) {
      proof = value;
      return this;
    }

    public Builder ended(boolean value) {
      ended = value;
      return this;
    }

    public Builder cycleTrail(String value) {
      cycleTrail = value;
      return this;
    }

    public Pass build() {
      return new Pass(this);
    }
  }
}
