package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.store.EntityTag;
import dev.corpusync.sync.Proof;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A paged listing: the first call, the path to the records, how one page leads to the next.
 * Immutable: each method returns a changed copy.
 *
 * @since 0.1
 */
public final class Listing {
  /** Of a part: more of them is a listing that has no end. */
  private static final int MOST_PAGES = 1_000;

  private final Function<At, Call> first;
  private final RecordPath records;
  private final Paging paging;
  private final Predicate<Json> failed;
  private final Predicate<At> applies;
  private final boolean partial;

  private Listing(
      Function<At, Call> first,
      RecordPath records,
      Paging paging,
      Predicate<Json> failed,
      Predicate<At> applies,
      boolean partial) {
    this.first = first;
    this.records = records;
    this.paging = paging;
    this.failed = failed;
    this.applies = applies;
    this.partial = partial;
  }

  /**
   * Describes a listing.
   *
   * @param first the call for the first page
   * @param records path to the array of records, {@code ""} when the body is the array
   * @param paging how one page leads to the next
   */
  public static Listing of(Function<At, Call> first, String records, Paging paging) {
    return new Listing(first, RecordPath.of(records), paging, json -> false, at -> true, false);
  }

  /** Declares that a 200 with a value at this path is an error. */
  public Listing errorsAt(String path) {
    return new Listing(first, records, paging, failed.or(json -> json.has(path)), applies, partial);
  }

  /** Declares that a 200 is an error unless this field is {@code true}, such as {@code ok}. */
  public Listing okAt(String path) {
    return new Listing(
        first,
        records,
        paging,
        failed.or(
            json ->
                json.find(path)
                    .filter(f -> f.tree().isBoolean() && f.tree().booleanValue())
                    .isEmpty()),
        applies,
        partial);
  }

  /** Stores each record with the related records that the API sends beside it. */
  public Listing with(Sideload beside) {
    return new Listing(first, records.with(beside), paging, failed, applies, partial);
  }

  /**
   * For a part: reads it only where the condition holds. Elsewhere it is empty, without a request.
   */
  public Listing onlyWhen(Predicate<At> condition) {
    return new Listing(first, records, paging, failed, applies.and(condition), partial);
  }

  /** Declares that the API leaves records out: an absence never proves a deletion. */
  public Listing partial() {
    return new Listing(first, records, paging, failed, applies, true);
  }

  /**
   * Declares that the API returns {@code null}, not an empty array, where there are no records.
   * Declare errors inside a 200 too ({@link #okAt}, {@link #errorsAt}): they may hold the same
   * null.
   */
  public Listing nullWhenEmpty() {
    return new Listing(first, records.orNull(), paging, failed, applies, partial);
  }

  /**
   * The complete result of reading a listing.
   *
   * <p>These two are all: no release adds a third within a major version.
   */
  public sealed interface Whole {
    /** Every record, in order; with the ETag when one reply held them all. */
    record Records(List<Payload> records, Optional<Tag> tag) implements Whole {}

    /** The API says that nothing has changed since the stored ETag (304). */
    record Unchanged() implements Whole {}

    /** The ETag of a reply, and the key of its call. */
    record Tag(String call, String etag) {}
  }

  /**
   * Reads all pages. Any failure passes through: a part is complete or unknown (P5). A record that
   * two pages hold, byte for byte, is returned once: pages drift while they are read.
   *
   * @throws MalformedReplyException also when a position is repeated
   */
  public Whole readAll(Api api, At at) {
    if (!applies.test(at)) {
      return new Whole.Records(List.of(), Optional.empty());
    }
    List<Payload> all = new ArrayList<>();
    Set<String> before = new HashSet<>();
    Set<String> met = new HashSet<>();
    List<String> last = List.of();
    Optional<String> position = Optional.empty();
    Call start = first.apply(at);
    while (true) {
      Call call = call(start, position);
      Reply reply = api.send(call);
      if (reply.isNotModified()) {
        return new Whole.Unchanged();
      }
      Read read = read(call, reply, position);
      if (!reply.proof(call).provesAbsence()) {
        throw new MalformedReplyException(
            reply.call()
                + " answered "
                + reply.status()
                + ", which is not a whole answer. Declare the status with Call.emptyOn if the API"
                + " means that there is nothing");
      }
      reply.refuseFlaws(read.records());
      List<String> hashes = read.records().stream().map(Payload::hash).toList();
      if (!hashes.isEmpty() && hashes.equals(last)) {
        throw new MalformedReplyException(
            reply.call()
                + " answered with the records of the page before: it ignores the position");
      }
      last = hashes;
      read.records().stream().filter(r -> !before.contains(r.hash())).forEach(all::add);
      before.addAll(hashes);
      if (read.step().position().isEmpty()) {
        Optional<String> etag =
            met.isEmpty() && !mayBeFull(start, all.size()) ? reply.entityTag() : Optional.empty();
        return new Whole.Records(
            all,
            start.isConditional()
                ? Optional.of(new Whole.Tag(start.key(), etag.orElse(EntityTag.NONE)))
                : Optional.empty());
      }
      position = read.step().position();
      if (met.size() == MOST_PAGES - 1) {
        throw new MalformedReplyException(
            reply.call() + " leads on after " + MOST_PAGES + " pages: it seems to have no end");
      }
      if (!met.add(position.get())) {
        throw new MalformedReplyException(
            reply.call() + " leads back to a page that was read already");
      }
    }
  }

  // A page as long as the requested size may be followed by a second one later, which "not
  // modified"
  // for the first would hide.
  private static boolean mayBeFull(Call call, int records) {
    return call.asksFor(Integer.toString(records));
  }

  /**
   * One page: its records, and where the next one is.
   *
   * @param proof the weakest of the status, the paging and the declarations
   */
  record Read(List<Payload> records, Paging.Step step, Proof proof) {}

  Call call(At at, Function<Call, Call> filter, Optional<String> position) {
    return call(filter.apply(first.apply(at)), position);
  }

  private Call call(Call start, Optional<String> position) {
    return position.map(p -> paging.at(start, p)).orElse(start);
  }

  /**
   * Reads one answer. Without a body and with another status than 200 it is an empty page, which
   * ends the listing only where the call declares that.
   */
  Read read(Call call, Reply reply, Optional<String> position) {
    Proof proof = partial ? reply.proof(call).weaker(Proof.NONE) : reply.proof(call);
    if (reply.status() != 200 && reply.isBlank()) {
      return new Read(List.of(), Paging.Step.end(proof), proof);
    }
    List<Payload> found = records.in(reply);
    if (failed.test(reply.json())) {
      throw new MalformedReplyException(
          reply.call()
              + " answered "
              + reply.status()
              + " with an error in its body: that is not an empty page");
    }
    Paging.Step step = paging.next(reply, found.size(), position);
    return new Read(found, step, step.proof().weaker(proof));
  }
}
