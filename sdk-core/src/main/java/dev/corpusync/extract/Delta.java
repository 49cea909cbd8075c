package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A delta feed: the API returns everything once and then, for the link or token from the end of the
 * last pass, what has changed since, deletions included. Immutable.
 *
 * @since 0.1
 */
public final class Delta {
  private final Function<At, Call> start;
  private final String records;
  private final String next;
  private final String delta;
  private final Predicate<Json> deleted;
  private final Set<Integer> expired;
  private final Optional<Parameters> parameters;

  /** The parameters of the first call that take the page's and the pass's token. */
  private record Parameters(String next, String delta) {}

  private Delta(
      Function<At, Call> start,
      String records,
      String next,
      String delta,
      Predicate<Json> deleted,
      Set<Integer> expired,
      Optional<Parameters> parameters) {
    this.start = start;
    this.records = records;
    this.next = next;
    this.delta = delta;
    this.deleted = deleted;
    this.expired = expired;
    this.parameters = parameters;
  }

  /**
   * Describes a feed of links, which are followed as they are. For tokens, add {@link #tokensIn}.
   *
   * @param start the call that lists everything
   * @param records path to the array of records
   * @param next path to the next page's link or token
   * @param delta path, on the last page, to the link or token that the next pass starts from; a
   *     page with neither is an error
   * @param deleted which records are tombstones
   */
  public static Delta of(
      Function<At, Call> start,
      String records,
      String next,
      String delta,
      Predicate<Json> deleted) {
    return new Delta(start, records, next, delta, deleted, Set.of(), Optional.empty());
  }

  /**
   * Declares the statuses with which the API says that it no longer knows a link or token. The
   * scope is then read in full.
   */
  public Delta expiredOn(Integer... statuses) {
    Set<Integer> all = new TreeSet<>(expired);
    all.addAll(Arrays.asList(statuses));
    return new Delta(start, records, next, delta, deleted, Set.copyOf(all), parameters);
  }

  /**
   * Declares that the two fields hold tokens, which are sent in these parameters of the first call.
   *
   * @param nextParameter takes the page's token
   * @param deltaParameter takes the token that a pass starts from, with each page of the pass
   */
  public Delta tokensIn(String nextParameter, String deltaParameter) {
    return new Delta(
        start,
        records,
        next,
        delta,
        deleted,
        expired,
        Optional.of(new Parameters(nextParameter, deltaParameter)));
  }

  /** The call for a page of a pass, with the link or token of each as the API sent them. */
  Call call(At at, Optional<String> page, Optional<String> pass) {
    Call first = start.apply(at);
    Call wanted =
        parameters
            .map(into -> withTokens(first, into, page, pass))
            .orElseGet(
                () ->
                    page.or(() -> pass)
                        .map(link -> Call.follow(link).headersOf(first))
                        .orElse(first));
    return wanted.expiredOn(expired.toArray(Integer[]::new));
  }

  private static Call withTokens(
      Call first, Parameters into, Optional<String> page, Optional<String> pass) {
    Call since = pass.map(token -> first.parameter(into.delta(), token)).orElse(first);
    return page.map(token -> since.parameter(into.next(), token)).orElse(since);
  }

  String records() {
    return records;
  }

  String next() {
    return next;
  }

  String delta() {
    return delta;
  }

  boolean isTombstone(Json record) {
    return deleted.test(record);
  }
}
