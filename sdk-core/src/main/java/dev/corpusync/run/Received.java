package dev.corpusync.run;

import dev.corpusync.artifact.Payload;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Page;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the source returned, whether a page was listed or ids were asked for.
 *
 * @param tombstones records that say that an item is deleted
 * @param deleted ids that the source says are deleted
 * @param fetchedByIds whether each record is about one of the ids that were asked for
 * @param requested ids that were asked for: those of them without a record are deleted
 * @param unknown ids that were asked for: nothing is known of those of them without a record
 * @param failed reasons by id, where the API gave no usable answer
 * @param unreadable reasons of records that have no readable id
 * @param malformed records of which it is not clear whether they are deleted
 * @param order records, tombstones and malformed records as they were sent, where that counts
 * @param unmodified calls whose items have not changed since they were stored
 * @param tagged records that came with an ETag of their own
 */
record Received(
    boolean fetchedByIds,
    List<Payload> records,
    List<Payload> tombstones,
    Set<String> deleted,
    Set<String> requested,
    Set<String> unknown,
    Map<String, String> failed,
    List<String> unreadable,
    List<Page.Malformed> malformed,
    List<Payload> order,
    List<Page.Unchanged> unmodified,
    List<Page.Tagged> tagged) {
  static Received of(Page<?> page) {
    return new Received(
        page.isFetchedByIds(),
        page.records(),
        page.tombstones(),
        page.gone(),
        page.asked(),
        page.unknown(),
        page.failed(),
        page.unreadable(),
        page.malformed(),
        page.order(),
        page.unchanged(),
        page.tagged());
  }

  static Received of(ByIds.Found found) {
    return new Received(
        true,
        found.records(),
        List.of(),
        found.gone(),
        found.asked(),
        found.unknown(),
        found.failed(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Records that are stored, of which parts are read. */
  static Received stored(List<Payload> records) {
    return new Received(
        false, records, List.of(), Set.of(), Set.of(), Set.of(), Map.of(), List.of(), List.of(),
        List.of(), List.of(), List.of());
  }

  /** Whether nothing is said of any item but by its record. */
  boolean holdsOnlyRecords() {
    return tombstones.isEmpty()
        && deleted.isEmpty()
        && requested.isEmpty()
        && unknown.isEmpty()
        && failed.isEmpty()
        && malformed.isEmpty()
        && unmodified.isEmpty();
  }
}
