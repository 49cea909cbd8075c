package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page of records, with either the cursor of the next page or an explicit end (P3). Only the
 * last four methods of the builder make one, so a page with neither does not compile. Immutable.
 *
 * @since 0.1
 */
public final class Page<C extends SyncCursor> {
  private final List<Payload> records;
  private final List<Payload> tombstones;
  private final Set<String> gone;
  private final Set<String> asked;
  private final Set<String> unknown;
  private final Map<String, String> failed;
  private final List<String> unreadable;
  private final List<Malformed> malformed;
  private final List<Payload> order;
  private final List<Unchanged> unchanged;
  private final List<Tagged> tagged;
  private final boolean fetchedByIds;
  private final boolean partsToo;
  private final Optional<C> next;
  private final Optional<C> deltaToken;
  private final Proof proof;
  private final Optional<Instant> upTo;

  /** A record of which the reply does not say whether it exists or is deleted. */
  public record Malformed(Payload record, String reason) {}

  /** A call that the API answered with 304: the record that it returned before is unchanged. */
  public record Unchanged(String call) {}

  /** The ETag of the reply that held exactly this record. */
  public record Tagged(Payload record, String call, String etag) {}

  private Page(Builder from, @Nullable C next, @Nullable C deltaToken, Proof proof) {
    records = List.copyOf(from.records);
    tombstones = List.copyOf(from.tombstones);
    gone = Set.copyOf(from.gone);
    asked = Set.copyOf(from.asked);
    unknown = Set.copyOf(from.unknown);
    failed = Map.copyOf(from.failed);
    unreadable = List.copyOf(from.unreadable);
    malformed = List.copyOf(from.malformed);
    order = List.copyOf(from.order);
    unchanged = List.copyOf(from.unchanged);
    tagged = List.copyOf(from.tagged);
    fetchedByIds = from.fetchedByIds;
    partsToo = from.partsToo;
    this.next = Optional.ofNullable(next);
    this.deltaToken = Optional.ofNullable(deltaToken);
    this.proof = from.partial ? proof.weaker(Proof.NONE) : proof;
    upTo = Optional.ofNullable(from.upTo);
  }

  /** Starts a page with these records. */
  public static Builder of(List<Payload> records) {
    return new Builder(records);
  }

  /** Starts a page with what was returned for ids that a log names. */
  public static Builder of(ByIds.Found found) {
    Builder page = new Builder(found.records());
    page.fetchedByIds = true;
    return page.gone(found.gone())
        .asked(found.asked())
        .unknown(found.unknown())
        .failed(found.failed());
  }

  /** Records that exist, in the order of the listing. */
  public List<Payload> records() {
    return records;
  }

  /** Records that say that something is deleted; the stream reads their ids. */
  public List<Payload> tombstones() {
    return tombstones;
  }

  /** Ids in the source that the API says are deleted. */
  public Set<String> gone() {
    return gone;
  }

  /** Ids that were fetched; those without a record are deleted. */
  public Set<String> asked() {
    return asked;
  }

  /**
   * Ids that were fetched; those without a record may exist or not, and become failed items that
   * are fetched again (P10).
   */
  public Set<String> unknown() {
    return unknown;
  }

  /** Reasons by id, where the API gave no usable answer: each becomes a failed item (P10). */
  public Map<String, String> failed() {
    return failed;
  }

  /** Reasons why records without an id could not be read: each spoils the proof. */
  public List<String> unreadable() {
    return unreadable;
  }

  /**
   * Records that become failed items. Their stored state is kept (P10), unless they are hidden
   * (P6).
   */
  public List<Malformed> malformed() {
    return malformed;
  }

  /**
   * All records, tombstones and malformed records in the order of the reply, where that counts;
   * else empty, and a record stands against a tombstone of the same id.
   */
  public List<Payload> order() {
    return order;
  }

  /** Calls whose records are unchanged. */
  public List<Unchanged> unchanged() {
    return unchanged;
  }

  /** Records with the ETag to store. */
  public List<Tagged> tagged() {
    return tagged;
  }

  /** Whether the records were fetched by ids, so that each is about one that was asked for. */
  public boolean isFetchedByIds() {
    return fetchedByIds;
  }

  /** Whether the parts of these records are read again, also those whose changes show nowhere. */
  public boolean partsToo() {
    return partsToo;
  }

  /** The cursor of the next page; empty at the end. */
  public Optional<C> next() {
    return next;
  }

  /** The delta token that the next pass starts from. */
  public Optional<C> deltaToken() {
    return deltaToken;
  }

  /** How far an absence from the pages so far proves a deletion. */
  public Proof proof() {
    return proof;
  }

  /**
   * The time of the latest change that this pass can have seen, where it asked for no later ones.
   */
  public Optional<Instant> upTo() {
    return upTo;
  }

  /** Builds a page; one of the last four methods makes it. Not for use by two threads. */
  public static final class Builder {
    private final List<Payload> records;
    private final List<Payload> tombstones = new ArrayList<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Map<String, String> failed = new LinkedHashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<Malformed> malformed = new ArrayList<>();
    private List<Payload> order = List.of();
    private final List<Unchanged> unchanged = new ArrayList<>();
    private final List<Tagged> tagged = new ArrayList<>();
    private boolean partial;
    private boolean fetchedByIds;
    private boolean partsToo;
    private @Nullable Instant upTo;

    private Builder(List<Payload> records) {
      this.records = records;
    }

    /** Adds records that say that something is deleted. */
    public Builder tombstones(List<Payload> deleted) {
      tombstones.addAll(deleted);
      return this;
    }

    /** Adds ids that the API says are deleted. */
    public Builder gone(Set<String> ids) {
      gone.addAll(ids);
      return this;
    }

    /** Adds ids that were fetched: those without a record are deleted. */
    public Builder asked(Set<String> ids) {
      asked.addAll(ids);
      return this;
    }

    /** Adds ids that were fetched: those without a record may exist or not. */
    public Builder unknown(Set<String> ids) {
      unknown.addAll(ids);
      return this;
    }

    /**
     * Adds ids for which the API gave no usable answer.
     *
     * @param reasons by id, without content
     */
    public Builder failed(Map<String, String> reasons) {
      failed.putAll(reasons);
      return this;
    }

    /** Adds a record without a readable id: the page proves no deletion. */
    public Builder unreadable(String reason) {
      unreadable.add(reason);
      return this;
    }

    /**
     * Adds a record of which the reply does not say whether it exists or is deleted.
     *
     * @param reason without any of the record's content
     */
    public Builder malformed(Payload record, String reason) {
      malformed.add(new Malformed(record, reason));
      return this;
    }

    /**
     * Declares that the page is one of a change feed, where the last entry of an id counts.
     *
     * @param all the same objects as the records, tombstones and malformed records of this page
     */
    public Builder inOrder(List<Payload> all) {
      order = all;
      return this;
    }

    /** Adds a call, by its {@link Call#key() key}, that the API answered with 304. */
    public Builder unchanged(String call) {
      unchanged.add(new Unchanged(call));
      return this;
    }

    /** Sets the ETag to store for a record, with the {@link Call#key() key} of its call. */
    public Builder tagged(Payload record, String call, String etag) {
      tagged.add(new Tagged(record, call, etag));
      return this;
    }

    /**
     * Reads the parts of these records again, also those whose changes show nowhere: the source
     * names the records because something has changed, which may be a part.
     */
    public Builder partsToo() {
      partsToo = true;
      return this;
    }

    /** Declares that the listing leaves records out: it never proves a deletion. */
    public Builder partial() {
      partial = true;
      return this;
    }

    /** Declares that no change later than this was asked for. */
    public Builder upTo(Instant latest) {
      upTo = latest;
      return this;
    }

    /** Makes a page that another one follows. */
    public <C extends SyncCursor> Page<C> next(C cursor) {
      return new Page<>(this, cursor, null, Proof.SAID);
    }

    /**
     * Makes a page that another one follows, when records were cut off or pages may have drifted.
     */
    public <C extends SyncCursor> Page<C> next(C cursor, Proof proof) {
      return new Page<>(this, cursor, null, proof);
    }

    /** Makes the last page, with what its end proves. */
    public <C extends SyncCursor> Page<C> end(Proof proof) {
      return new Page<>(this, null, null, proof);
    }

    /** Makes the last page, with the delta token that the next pass starts from. */
    public <C extends SyncCursor> Page<C> end(C deltaToken, Proof proof) {
      return new Page<>(this, null, deltaToken, proof);
    }
  }
}
