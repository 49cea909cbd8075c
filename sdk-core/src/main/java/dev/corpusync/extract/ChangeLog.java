package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An activity or audit log that names the records that have changed, which are then fetched by id.
 * Immutable.
 *
 * @since 0.1
 */
public final class ChangeLog {
  private final Listing listing;
  private final BiFunction<Call, Instant, Call> since;
  private final Function<Json, Optional<String>> changedId;
  private final Duration kept;
  private final Duration overlap;
  private final ByIds byIds;
  private final OptionalLong cap;

  private ChangeLog(
      Listing listing,
      BiFunction<Call, Instant, Call> since,
      Function<Json, Optional<String>> changedId,
      Duration kept,
      Duration overlap,
      ByIds byIds,
      OptionalLong cap) {
    this.listing = listing;
    this.since = since;
    this.changedId = changedId;
    this.kept = kept;
    this.overlap = overlap;
    this.byIds = byIds;
    this.cap = cap;
  }

  /**
   * Describes a log.
   *
   * @param listing lists the log's entries, oldest or newest first
   * @param since adds to a call the time from which on entries are wanted
   * @param changedId reads the id that an entry names; empty for an entry about something else
   * @param kept how long the API keeps entries; after a longer pause the scope is read in full
   * @param overlap how much of the time before the watermark is read again
   * @param byIds fetches the records that the log names
   */
  public static ChangeLog of(
      Listing listing,
      BiFunction<Call, Instant, Call> since,
      Function<Json, Optional<String>> changedId,
      Duration kept,
      Duration overlap,
      ByIds byIds) {
    return new ChangeLog(listing, since, changedId, kept, overlap, byIds, OptionalLong.empty());
  }

  /**
   * Declares the most entries that the API returns for one question. When it returns that many,
   * some may be missing, and the scope is read in full.
   */
  public ChangeLog cappedAt(long entries) {
    return new ChangeLog(listing, since, changedId, kept, overlap, byIds, OptionalLong.of(entries));
  }

  Listing listing() {
    return listing;
  }

  BiFunction<Call, Instant, Call> since() {
    return since;
  }

  Function<Json, Optional<String>> changedId() {
    return changedId;
  }

  Duration kept() {
    return kept;
  }

  Duration overlap() {
    return overlap;
  }

  ByIds byIds() {
    return byIds;
  }

  OptionalLong cap() {
    return cap;
  }
}
