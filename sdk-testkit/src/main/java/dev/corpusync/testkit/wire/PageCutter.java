package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a listing into pages, with the quirks that the family allows. */
final class PageCutter {
  private final Pages pages;
  private final Quirks quirks;
  private final Cursors cursors;

  PageCutter(Pages pages, Quirks quirks, Cursors cursors) {
    this.pages = pages;
    this.quirks = quirks;
    this.cursors = cursors;
  }

  /** A record with its place in the order. */
  record Row(long key, Supplier<ObjectNode> json) {}

  /** Where a page begins. */
  private record Start(int page, int index) {}

  FakeReply page(FakeRequest request, List<Row> inOrder) {
    List<Row> all = quirks.order().map(o -> ordered(inOrder, o)).orElse(inOrder);
    List<Row> rows = all.subList(0, Math.min(pages.cap(), all.size()));
    Optional<Start> start = start(request, rows);
    if (start.isEmpty()) {
      return FakeReply.json("{\"error\":\"no such position\"}").withStatus(quirks.expiredCursor());
    }
    int page = start.get().page();
    int index = Math.min(start.get().index(), rows.size());
    Optional<Integer> refused = quirks.refused(page);
    if (refused.isPresent()) {
      return FakeReply.json("{\"error\":\"the position is no longer known\"}")
          .withStatus(refused.get());
    }
    int size = pages.size(request, quirks);
    boolean empty = pages.hasEmptyPages() && quirks.isEmpty(page);
    int end = empty ? index : Math.min(rows.size(), index + taken(size));
    Optional<String> next =
        end < rows.size() ? Optional.of(next(page, end, rows)) : Optional.empty();
    return pages.write(
        request, new Pages.Slice(records(rows, index, end, page), next, all.size()), quirks);
  }

  private int taken(int size) {
    boolean may = quirks.hasShortPages() && pages.position() != Pages.Position.NUMBER;
    return may ? (size + 1) / 2 : size;
  }

  private ArrayNode records(List<Row> rows, int index, int end, int page) {
    boolean again =
        quirks.isRepeatingLast()
            && pages.position() == Pages.Position.KEY
            && page > 0
            && index > 0
            && end > index;
    List<Row> here = new ArrayList<>(rows.subList(again ? index - 1 : index, end));
    if (quirks.hasReversedPages()) {
      Collections.reverse(here);
    }
    ArrayNode records = JsonTree.MAPPER.createArrayNode();
    here.forEach(row -> records.add(row.json().get()));
    return records;
  }

  /** Empty for a position that was never given out. */
  private Optional<Start> start(FakeRequest request, List<Row> rows) {
    Optional<String> asked = pages.asked(request);
    if (asked.isEmpty() || quirks.isIgnoringPositions()) {
      return Optional.of(new Start(0, 0));
    }
    return switch (pages.position()) {
      case KEY ->
          cursors
              .find(asked.get(), quirks)
              .map(at -> new Start(at.page(), indexAfter(rows, at.after())));
      case INDEX ->
          number(asked.get()).map(n -> new Start(n / Math.max(1, pages.size(request, quirks)), n));
      case NUMBER ->
          number(asked.get())
              .map(n -> n - pages.first())
              .filter(n -> n >= 0)
              .map(n -> new Start(n, (n - emptyBefore(n)) * pages.size(request, quirks)));
    };
  }

  private int emptyBefore(int page) {
    return pages.hasEmptyPages() ? quirks.emptyBefore(page) : 0;
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private static int indexAfter(List<Row> rows, long after) {
    int index = 0;
    while (index < rows.size() && rows.get(index).key() <= after) {
      index++;
    }
    return index;
  }

  private String next(int page, int end, List<Row> rows) {
    int following = quirks.leadsTo(page).orElse(page + 1);
    return switch (pages.position()) {
      case KEY ->
          cursors.give(
              following == page + 1
                  ? new Cursors.At(following, end == 0 ? Long.MIN_VALUE : rows.get(end - 1).key())
                  : cyclic(following, rows),
              quirks);
      case INDEX -> Integer.toString(following == page + 1 ? end : 0);
      case NUMBER -> Integer.toString(following + pages.first());
    };
  }

  private Cursors.At cyclic(int page, List<Row> rows) {
    int end = Math.min(rows.size(), page * quirks.pageSize());
    return new Cursors.At(page, end == 0 ? Long.MIN_VALUE : rows.get(end - 1).key());
  }

  private static List<Row> ordered(List<Row> rows, java.util.function.LongUnaryOperator order) {
    return rows.stream()
        .map(row -> new Row(order.applyAsLong(row.key()), row.json()))
        .sorted(Comparator.comparing(Row::key))
        .toList();
  }
}
