package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /**
   * One call for each id, answered with the item's record. 404 and 410 mean that the item is
   * deleted. Of every other answer without the record of that id nothing is known: 403, another
   * record, an error in a 200, no body.
   */
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

  /**
   * Declares that a batch of 200 leaves out deleted items, and leaves out nothing for another
   * reason.
   */
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
   * @param gone ids that the API said are deleted, each for itself
   * @param asked ids that were asked for: those of them without a record are deleted
   * @param unknown ids that were asked for: nothing is known of those of them without a record
   * @param failed reasons by id, where the API gave no usable answer
   * @param outage the last failure, when so many ids in a row failed that it is the server's fault:
   *     the ids that were left were not asked for
   */
  public record Found(
      List<Payload> records,
      Set<String> gone,
      Set<String> asked,
      Set<String> unknown,
      Map<String, String> failed,
      Optional<UnavailableException> outage) {
    private static final Found NOTHING =
        new Found(List.of(), Set.of(), Set.of(), Set.of(), Map.of(), Optional.empty());

    private static Found of(List<Payload> records, Set<String> asked, Set<String> unknown) {
      return new Found(records, Set.of(), asked, unknown, Map.of(), Optional.empty());
    }

    private static Found failed(String id, String reason, OutageDetector detector) {
      return new Found(
          List.of(), Set.of(), Set.of(), Set.of(), Map.of(id, reason), detector.outage());
    }

    private static Found gone(Set<String> ids) {
      return new Found(List.of(), ids, Set.of(), Set.of(), Map.of(), Optional.empty());
    }

    /** Both together. */
    public Found plus(Found other) {
      List<Payload> all = new ArrayList<>(records);
      all.addAll(other.records);
      Set<String> deleted = new LinkedHashSet<>(gone);
      deleted.addAll(other.gone);
      Set<String> both = new LinkedHashSet<>(asked);
      both.addAll(other.asked);
      Set<String> neither = new LinkedHashSet<>(unknown);
      neither.addAll(other.unknown);
      Map<String, String> reasons = new LinkedHashMap<>(failed);
      reasons.putAll(other.failed);
      return new Found(all, deleted, both, neither, reasons, outage.or(other::outage));
    }
  }

  /**
   * Fetches the ids, in several calls where they do not fit into one. An id whose call gets no
   * usable answer fails alone: a call for several ids that fails is made again for each half of
   * them. Rejected credentials and rate limits pass through.
   */
  public Found fetch(Api api, At at, List<String> ids) {
    OutageDetector detector = OutageDetector.begin();
    return IntStream.iterate(0, i -> i < ids.size(), i -> i + size)
        .mapToObj(i -> read(api, at, ids.subList(i, Math.min(ids.size(), i + size)), detector))
        .reduce(Found.NOTHING, Found::plus);
  }

  private Found read(Api api, At at, List<String> ids, OutageDetector detector) {
    if (detector.outage().isPresent()) {
      return Found.NOTHING;
    }
    Call call;
    try {
      call = batch.apply(at, ids);
    } catch (RuntimeException e) {
      // The author's: an id may be one that no path can hold.
      return narrowed(
          api, at, ids, detector, "no call can be made for it: " + RecordFault.reason(e));
    }
    Api.Attempt attempt = api.attempt(call);
    if (attempt instanceof Api.Attempt.Failed failed) {
      return failed(api, at, ids, detector, failed.failure());
    }
    try {
      Found found = found(attempt, ids);
      detector.answered();
      return found;
    } catch (MalformedReplyException e) {
      return failed(api, at, ids, detector, e);
    }
  }

  private Found failed(
      Api api, At at, List<String> ids, OutageDetector detector, RemoteException failure) {
    if (ids.size() == 1) {
      detector.failed(failure);
    }
    return narrowed(api, at, ids, detector, String.valueOf(failure.getMessage()));
  }

  /** P10: one bad record costs one record, also where many are asked for in one call. */
  private Found narrowed(Api api, At at, List<String> ids, OutageDetector detector, String reason) {
    if (ids.size() == 1) {
      return Found.failed(ids.get(0), reason, detector);
    }
    int half = ids.size() / 2;
    return read(api, at, ids.subList(0, half), detector)
        .plus(read(api, at, ids.subList(half, ids.size()), detector));
  }

  private Found found(Api.Attempt attempt, List<String> ids) {
    Set<String> all = Set.copyOf(ids);
    if (attempt instanceof Api.Attempt.Denied) {
      return Found.of(List.of(), Set.of(), all);
    }
    if (attempt instanceof Api.Attempt.Found found) {
      return found(found.reply(), all);
    }
    // "Not found" in answer to a batch may mean the address, or one id of many.
    return records.isPresent() ? Found.of(List.of(), Set.of(), all) : Found.gone(all);
  }

  /** P7: what is not a whole answer proves nothing of an id that it leaves out. */
  private Found found(Reply reply, Set<String> all) {
    boolean told = records.isPresent() && missingAreGone && reply.status() == 200;
    return Found.of(recordsOf(reply), told ? all : Set.of(), told ? Set.of() : all);
  }

  private List<Payload> recordsOf(Reply reply) {
    List<Payload> all =
        records.map(read -> read.apply(reply)).orElseGet(() -> List.of(reply.record()));
    // It could not be told whose answer it is, and the id would look left out.
    reply.refuseFlaws(all);
    // Null in place of a record is how some APIs leave it out of a batch.
    return records.isEmpty()
        ? all
        : all.stream().filter(record -> !record.json().tree().isNull()).toList();
  }
}
