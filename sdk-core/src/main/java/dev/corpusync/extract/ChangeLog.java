package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An activity or audit log that names what has changed; the things themselves are then fetched by
 * id.
 *
 * @param listing the log, oldest or newest first
 * @param since adds the time from which on entries are wanted
 * @param changedId the id that an entry names, empty for entries about something else
 * @param kept how long the API keeps entries; after a longer pause the scope is read in full
 * @param overlap how much of the time before the watermark is read again
 * @param most entries that the API gives out for one question, however many there are; when it
 *     does, the scope is read in full
 */
public record ChangeLog(
    Listing listing,
    BiFunction<Call, Instant, Call> since,
    Function<Json, Optional<String>> changedId,
    Duration kept,
    Duration overlap,
    ByIds byIds,
    OptionalLong most) {
  public ChangeLog(
      Listing listing,
      BiFunction<Call, Instant, Call> since,
      Function<Json, Optional<String>> changedId,
      Duration kept,
      Duration overlap,
      ByIds byIds) {
    this(listing, since, changedId, kept, overlap, byIds, OptionalLong.empty());
  }

  /** The same where the API gives out only so many entries. */
  public ChangeLog cappedAt(long entries) {
    return new ChangeLog(listing, since, changedId, kept, overlap, byIds, OptionalLong.of(entries));
  }
}
