package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A source that gives out the whole once and then, from a link that it hands over at the end, what
 * has changed since, deletions included.
 *
 * @param start the call that lists everything
 * @param nextLink the field with the next page's link
 * @param deltaLink the field, on the last page, with the link to start the next pass from; a page
 *     with neither is an error
 * @param deleted which records are tombstones
 * @param expired the statuses with which the API says that it no longer knows the link: the scope
 *     is read in full again
 */
public record Delta(
    Function<At, Call> start,
    String records,
    String nextLink,
    String deltaLink,
    Predicate<Json> deleted,
    Set<Integer> expired) {}
