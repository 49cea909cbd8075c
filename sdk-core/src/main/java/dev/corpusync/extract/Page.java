package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one fetch gave: records, and either where it goes on or an explicit end (P3). Only a
 * builder's final step makes one, so a page without an ending does not compile.
 */
public final class Page<C extends SyncCursor> {
  private final List<Payload> records;
  private final List<Payload> tombstones;
  private final Set<String> gone;
  private final Set<String> asked;
  private final Set<String> unknown;
  private final List<String> unreadable;
  private final List<Malformed> malformed;
  private final List<Unchanged> unchanged;
  private final List<Tagged> tagged;
  private final boolean partsToo;
  private final Optional<C> next;
  private final Optional<C> deltaToken;
  private final Proof proof;
  private final Optional<Instant> upTo;

  /** A record of which the answer does not say whether it is there or deleted. */
  public record Malformed(Payload record, String reason) {}

  /** A call that the API answered with "not modified": what it held before is still there. */
  public record Unchanged(String call) {}

  /** The ETag of the answer that held exactly this record. */
  public record Tagged(Payload record, String call, String etag) {}

  private Page(Builder from, @Nullable C next, @Nullable C deltaToken, Proof proof) {
    records = List.copyOf(from.records);
    tombstones = List.copyOf(from.tombstones);
    gone = Set.copyOf(from.gone);
    asked = Set.copyOf(from.asked);
    unknown = Set.copyOf(from.unknown);
    unreadable = List.copyOf(from.unreadable);
    malformed = List.copyOf(from.malformed);
    unchanged = List.copyOf(from.unchanged);
    tagged = List.copyOf(from.tagged);
    partsToo = from.partsToo;
    this.next = Optional.ofNullable(next);
    this.deltaToken = Optional.ofNullable(deltaToken);
    this.proof = from.partial ? Proof.NONE : proof;
    upTo = Optional.ofNullable(from.upTo);
  }

  public static Builder of(List<Payload> records) {
    return new Builder(records);
  }

  public List<Payload> records() {
    return records;
  }

  /** Records that say that something is deleted; the stream's id is read from them. */
  public List<Payload> tombstones() {
    return tombstones;
  }

  /** Ids in the source that the API says are deleted. */
  public Set<String> gone() {
    return gone;
  }

  /** Ids that were asked for by id; those of them that no record has are gone. */
  public Set<String> asked() {
    return asked;
  }

  /**
   * Ids that were asked for by id; those of them that no record has could be there or not, and are
   * kept as failed, to be asked for again (P10).
   */
  public Set<String> unknown() {
    return unknown;
  }

  /** Reasons of things that could not be read and have no id: each spoils the proof. */
  public List<String> unreadable() {
    return unreadable;
  }

  /**
   * Kept as failed by their ids; what is stored of them stays (P10), unless they are hidden (P6).
   */
  public List<Malformed> malformed() {
    return malformed;
  }

  public List<Unchanged> unchanged() {
    return unchanged;
  }

  public List<Tagged> tagged() {
    return tagged;
  }

  /** Whether parts that touch nothing are read again for these records. */
  public boolean partsToo() {
    return partsToo;
  }

  /** Where it goes on; empty at the end. */
  public Optional<C> next() {
    return next;
  }

  /** The token to start the next pass from. */
  public Optional<C> deltaToken() {
    return deltaToken;
  }

  public Proof proof() {
    return proof;
  }

  /**
   * The latest change that this pass can have seen, where the source was asked for no later ones.
   */
  public Optional<Instant> upTo() {
    return upTo;
  }

  /** Collects a page; one of its last four methods makes it. */
  public static final class Builder {
    private final List<Payload> records;
    private final List<Payload> tombstones = new ArrayList<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<Malformed> malformed = new ArrayList<>();
    private final List<Unchanged> unchanged = new ArrayList<>();
    private final List<Tagged> tagged = new ArrayList<>();
    private boolean partial;
    private boolean partsToo;
    private @Nullable Instant upTo;

    private Builder(List<Payload> records) {
      this.records = records;
    }

    public Builder tombstones(List<Payload> deleted) {
      tombstones.addAll(deleted);
      return this;
    }

    public Builder gone(Set<String> ids) {
      gone.addAll(ids);
      return this;
    }

    public Builder asked(Set<String> ids) {
      asked.addAll(ids);
      return this;
    }

    public Builder unknown(Set<String> ids) {
      unknown.addAll(ids);
      return this;
    }

    public Builder unreadable(String reason) {
      unreadable.add(reason);
      return this;
    }

    /**
     * @param reason without anything of the record's content
     */
    public Builder malformed(Payload record, String reason) {
      malformed.add(new Malformed(record, reason));
      return this;
    }

    public Builder unchanged(String call) {
      unchanged.add(new Unchanged(call));
      return this;
    }

    public Builder tagged(Payload record, String call, String etag) {
      tagged.add(new Tagged(record, call, etag));
      return this;
    }

    /**
     * The source names these records because something has changed, which need not show in them:
     * their parts are read again, also those that touch nothing.
     */
    public Builder partsToo() {
      partsToo = true;
      return this;
    }

    /** This listing leaves things out: it never proves an absence. */
    public Builder partial() {
      partial = true;
      return this;
    }

    /** Nothing changed later than this was asked for. */
    public Builder upTo(Instant latest) {
      upTo = latest;
      return this;
    }

    public <C extends SyncCursor> Page<C> next(C cursor) {
      return new Page<>(this, cursor, null, Proof.SAID);
    }

    /** The same, when what was read so far was cut or may have drifted. */
    public <C extends SyncCursor> Page<C> next(C cursor, Proof proof) {
      return new Page<>(this, cursor, null, proof);
    }

    /** The end, with what it proves. */
    public <C extends SyncCursor> Page<C> end(Proof proof) {
      return new Page<>(this, null, null, proof);
    }

    /** The end, with the token that the next pass starts from. */
    public <C extends SyncCursor> Page<C> end(C deltaToken, Proof proof) {
      return new Page<>(this, null, deltaToken, proof);
    }
  }
}
