package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Fetches items by id: to retry failed ones, to confirm an absence, to read what a log of changes
 * names. Records have the same form as in the listing. Immutable.
 *
 * @since 0.1
 */
public final class ByIds {
  private final int size;
  private final BiFunction<At, List<String>, Call> batch;
  private final Optional<Function<Reply, List<Payload>>> records;
  private final boolean missingAreGone;

  private ByIds(
      int size,
      BiFunction<At, List<String>, Call> batch,
      Optional<Function<Reply, List<Payload>>> records,
      boolean missingAreGone) {
    this.size = size;
    this.batch = batch;
    this.records = records;
    this.missingAreGone = missingAreGone;
  }

  /** One call for each id; 404 and 410 mean that the item is deleted, 403 that nothing is known. */
  public static ByIds each(BiFunction<At, String, Call> call) {
    return new ByIds(1, (at, ids) -> call.apply(at, ids.get(0)), Optional.empty(), true);
  }

  /**
   * One call for up to {@code size} ids. Nothing is known of an id without a record, unless {@link
   * #missingAreGone()}.
   *
   * @param records where the records are in the reply, as a path
   */
  public static ByIds batch(int size, BiFunction<At, List<String>, Call> call, String records) {
    if (size < 1) {
      throw new IllegalArgumentException("a batch holds at least one id");
    }
    return new ByIds(size, call, Optional.of(reply -> reply.records(records)), false);
  }

  /** The API leaves out deleted items, and leaves out nothing for another reason. */
  public ByIds missingAreGone() {
    return new ByIds(size, batch, records, true);
  }

  /**
   * Joins to each record of a batch what the API sends beside it, as in the listing. A record that
   * was fetched alone stays as it was received.
   */
  public ByIds with(Sideload beside) {
    return new ByIds(
        size,
        batch,
        records.map(read -> reply -> beside.into(reply, read.apply(reply))),
        missingAreGone);
  }

  /**
   * Whether an id without a record is deleted. Where that is not known, an absence cannot be
   * confirmed by id.
   */
  public boolean provesAbsence() {
    return missingAreGone;
  }

  /** The most ids that go into one call. */
  public int size() {
    return size;
  }

  /**
   * What was returned for some ids.
   *
   * @param asked ids that were asked for: those of them without a record are deleted
   * @param unknown ids that were asked for: nothing is known of those of them without a record
   */
  public record Found(List<Payload> records, Set<String> asked, Set<String> unknown) {
    /** Both together. */
    public Found plus(Found other) {
      List<Payload> all = new ArrayList<>(records);
      all.addAll(other.records);
      Set<String> both = new LinkedHashSet<>(asked);
      both.addAll(other.asked);
      Set<String> neither = new LinkedHashSet<>(unknown);
      neither.addAll(other.unknown);
      return new Found(all, both, neither);
    }
  }

  /**
   * Fetches the ids, in several calls where they do not fit into one. Failures other than "gone"
   * and "denied" pass through.
   */
  public Found fetch(Api api, At at, List<String> ids) {
    return IntStream.iterate(0, i -> i < ids.size(), i -> i + size)
        .mapToObj(i -> one(api, at, ids.subList(i, Math.min(ids.size(), i + size))))
        .reduce(new Found(List.of(), Set.of(), Set.of()), Found::plus);
  }

  private Found one(Api api, At at, List<String> ids) {
    Set<String> all = Set.copyOf(ids);
    Api.Attempt attempt = api.attempt(batch.apply(at, ids));
    if (attempt instanceof Api.Attempt.Denied) {
      return new Found(List.of(), Set.of(), all);
    }
    List<Payload> found = attempt instanceof Api.Attempt.Found f ? recordsOf(f.reply()) : List.of();
    // "Not found" in answer to a batch may mean the address, or one id of many.
    boolean told = missingAreGone && !(attempt instanceof Api.Attempt.Gone && records.isPresent());
    return new Found(found, told ? all : Set.of(), told ? Set.of() : all);
  }

  private List<Payload> recordsOf(Reply reply) {
    return records.map(read -> read.apply(reply)).orElseGet(() -> List.of(reply.record()));
  }
}
