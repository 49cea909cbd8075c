package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A source that gives out the whole once and then, from a link or a token that it hands over at the
 * end, what has changed since, deletions included.
 *
 * @param start the call that lists everything
 * @param nextLink the field with the next page's link, or its token
 * @param deltaLink the field, on the last page, with the link to start the next pass from, or its
 *     token; a page with neither is an error
 * @param deleted which records are tombstones
 * @param expired the statuses with which the API says that it no longer knows the link: the scope
 *     is read in full again
 * @param parameters where tokens go; empty for links, which are followed as they are
 */
public record Delta(
    Function<At, Call> start,
    String records,
    String nextLink,
    String deltaLink,
    Predicate<Json> deleted,
    Set<Integer> expired,
    Optional<Parameters> parameters) {
  /**
   * The parameters of the first call that take tokens.
   *
   * @param next with the page's token
   * @param delta with the token that a pass starts from; it is sent with each page of the pass
   */
  public record Parameters(String next, String delta) {}

  /** Links. */
  public Delta(
      Function<At, Call> start,
      String records,
      String nextLink,
      String deltaLink,
      Predicate<Json> deleted,
      Set<Integer> expired) {
    this(start, records, nextLink, deltaLink, deleted, expired, Optional.empty());
  }

  /** The two fields hold tokens, which go into these parameters of the first call. */
  public Delta tokensIn(String next, String delta) {
    return new Delta(
        start,
        records,
        nextLink,
        deltaLink,
        deleted,
        expired,
        Optional.of(new Parameters(next, delta)));
  }

  /** The call for a page of a pass, both as the API told them. */
  Call call(At at, Optional<String> page, Optional<String> pass) {
    Call first = start.apply(at);
    if (parameters.isEmpty()) {
      return page.or(() -> pass).map(link -> Call.follow(link).headersOf(first)).orElse(first);
    }
    Parameters into = parameters.get();
    Call since = pass.map(token -> first.parameter(into.delta(), token)).orElse(first);
    return page.map(token -> since.parameter(into.next(), token)).orElse(since);
  }
}
