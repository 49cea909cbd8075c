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
 * How things are fetched by id: for retries, for confirming an absence, for logs and webhooks.
 * Answers have the listing's shape.
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

  /** One call an id; 404 and 410 mean gone, 403 means unknown. */
  public static ByIds each(BiFunction<At, String, Call> call) {
    return new ByIds(1, (at, ids) -> call.apply(at, ids.get(0)), Optional.empty(), true);
  }

  /**
   * Up to {@code size} ids a call. An id without a record is unknown, unless {@link
   * #missingAreGone()}.
   */
  public static ByIds batch(int size, BiFunction<At, List<String>, Call> call, String records) {
    if (size < 1) {
      throw new IllegalArgumentException("a batch holds at least one id");
    }
    return new ByIds(size, call, Optional.of(reply -> reply.records(records)), false);
  }

  /** The API leaves out exactly what is deleted, and nothing for another reason. */
  public ByIds missingAreGone() {
    return new ByIds(size, batch, records, true);
  }

  /**
   * Each record of a batch is stored with what the API sends beside it, as in the listing; one that
   * is asked for by itself stays as it came.
   */
  public ByIds with(Sideload beside) {
    return new ByIds(
        size,
        batch,
        records.map(read -> reply -> beside.into(reply, read.apply(reply))),
        missingAreGone);
  }

  /**
   * Whether an id without a record is gone. Where it is not, nothing can be confirmed by asking for
   * it.
   */
  public boolean provesAbsence() {
    return missingAreGone;
  }

  /** How many ids go into one call. */
  public int size() {
    return size;
  }

  /**
   * What came back for some ids.
   *
   * @param asked ids whose absence from the records means that they are gone
   * @param unknown ids of which nothing is known
   */
  public record Found(List<Payload> records, Set<String> asked, Set<String> unknown) {
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

  /** Asks in as many calls as it takes; failures other than "gone" and "denied" pass through. */
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
    // "Not there" to a batch is said of the address, or of one of many.
    boolean told = missingAreGone && !(attempt instanceof Api.Attempt.Gone && records.isPresent());
    return new Found(found, told ? all : Set.of(), told ? Set.of() : all);
  }

  private List<Payload> recordsOf(Reply reply) {
    return records.map(read -> read.apply(reply)).orElseGet(() -> List.of(reply.record()));
  }
}
