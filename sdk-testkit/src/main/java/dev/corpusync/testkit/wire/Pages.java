package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A family of paging: how a position comes in and how the next one goes out. Immutable. Where a
 * page's records stand in the body is said with {@link #in}.
 *
 * @since 0.1
 */
public final class Pages {
  /** What a position means, and so what drifts when something is added or deleted meanwhile. */
  enum Position {
    /** After a key: nothing drifts. */
    KEY,
    /** After so many records. */
    INDEX,
    /** A page of a number. */
    NUMBER
  }

  /** What a page gives besides. */
  private enum Gives {
    NOTHING,
    LINKS,
    TOTAL
  }

  /** Reads the position that a request asks for; empty for the first page. */
  private interface Asked {
    Optional<String> in(FakeRequest request);
  }

  private static final Asked EVERYTHING = request -> Optional.empty();

  /** Writes where it continues. */
  private interface Told {
    FakeReply write(FakeRequest request, ObjectNode body, Slice slice, Quirks quirks);
  }

  /**
   * One page.
   *
   * @param next empty on the last
   */
  record Slice(ArrayNode records, Optional<String> next, int total) {}

  private final Position position;
  private final int first;
  private final boolean hasEmptyPages;
  private final Gives gives;
  private final Asked asked;
  private final Told told;
  private final String records;
  private final int most;
  private final Optional<String> sizeParameter;
  private final Optional<Cap> cap;

  /** The most results that a search returns, and where it says how many there are. */
  record Cap(int results, String total) {}

  private Pages(
      Position position,
      int first,
      boolean hasEmptyPages,
      Gives gives,
      Asked asked,
      Told told,
      String records,
      int most,
      Optional<String> sizeParameter,
      Optional<Cap> cap) {
    this.position = position;
    this.first = first;
    this.hasEmptyPages = hasEmptyPages;
    this.gives = gives;
    this.asked = asked;
    this.told = told;
    this.records = records;
    this.most = most;
    this.sizeParameter = sizeParameter;
    this.cap = cap;
  }

  private static Pages of(Position position, int first, boolean empty, Asked asked, Told told) {
    return new Pages(
        position,
        first,
        empty,
        Gives.NOTHING,
        asked,
        told,
        "",
        100,
        Optional.empty(),
        Optional.empty());
  }

  /** A cursor in the body, null on the last page. */
  public static Pages cursor(String parameter, String field) {
    return of(
        Position.KEY,
        0,
        true,
        r -> r.query(parameter),
        (r, body, slice, q) -> {
          JsonTree.set(body, field, JsonTree.node(slice.next().orElse(null)));
          return reply(body);
        });
  }

  /** A cursor in the body, left out on the last page. */
  public static Pages cursorOmittedAtEnd(String parameter, String field) {
    return of(
        Position.KEY,
        0,
        true,
        r -> r.query(parameter),
        (r, body, slice, q) -> {
          slice.next().ifPresent(next -> JsonTree.set(body, field, JsonTree.node(next)));
          return reply(body);
        });
  }

  /** A cursor in the body, an empty text on the last page. */
  public static Pages cursorBlankAtEnd(String parameter, String field) {
    return of(
        Position.KEY,
        0,
        true,
        r -> r.query(parameter).filter(c -> !c.isEmpty()),
        (r, body, slice, q) -> {
          JsonTree.set(body, field, JsonTree.node(slice.next().orElse("")));
          return reply(body);
        });
  }

  /** A cursor on every page, with a field beside it that says whether more follows. */
  public static Pages cursorWhile(String parameter, String field, String hasMore) {
    return of(
        Position.KEY,
        0,
        true,
        r -> r.query(parameter),
        (r, body, slice, q) -> {
          JsonTree.set(body, field, JsonTree.node(slice.next().orElse("the-last")));
          JsonTree.set(body, hasMore, JsonTree.node(slice.next().isPresent()));
          return reply(body);
        });
  }

  /** The whole address of the next page in the body, null on the last. */
  public static Pages nextUrl(String field) {
    return of(
            Position.KEY,
            0,
            true,
            r -> r.query("page_token"),
            (r, body, slice, q) -> {
              Optional<String> url =
                  slice.next().map(n -> q.linkForm(Addresses.with(r, "page_token", n)));
              JsonTree.set(body, field, JsonTree.node(url.orElse(null)));
              return reply(body);
            })
        .giving(Gives.LINKS);
  }

  /** The {@code Link} header over numbered pages, counted from 1. */
  public static Pages link(String parameter) {
    return of(
            Position.NUMBER,
            1,
            false,
            r -> r.query(parameter),
            (r, body, slice, q) -> {
              FakeReply page = reply(body);
              return slice
                  .next()
                  .map(
                      n ->
                          page.header(
                              "Link",
                              q.linkForm(
                                  "<"
                                      + Addresses.with(r, parameter, n)
                                      + ">; rel=\"next\", <"
                                      + Addresses.with(r, parameter, "1")
                                      + ">; rel=\"first\"")))
                  .orElse(page);
            })
        .giving(Gives.LINKS);
  }

  /** Pages by number; one after the last is empty. */
  public static Pages numbered(String parameter, int first) {
    return of(
        Position.NUMBER, first, false, r -> r.query(parameter), (r, body, slice, q) -> reply(body));
  }

  /** Pages by number, with a field that says whether more follows. */
  public static Pages numberedWhile(String parameter, int first, String hasMore) {
    return of(
        Position.NUMBER,
        first,
        true,
        r -> r.query(parameter),
        (r, body, slice, q) -> {
          JsonTree.set(body, hasMore, JsonTree.node(slice.next().isPresent()));
          return reply(body);
        });
  }

  /** By offset; what is after the last is empty. */
  public static Pages offset(String parameter) {
    return of(
        Position.INDEX, 0, false, r -> r.query(parameter), (r, body, slice, q) -> reply(body));
  }

  /** By offset, with the next one in the body where a field beside it says that more follows. */
  public static Pages offsetWhile(String parameter, String field, String hasMore) {
    return of(
        Position.INDEX,
        0,
        false,
        r -> r.query(parameter),
        (r, body, slice, q) -> {
          slice
              .next()
              .map(Long::valueOf)
              .ifPresent(n -> JsonTree.set(body, field, JsonTree.node(n)));
          JsonTree.set(body, hasMore, JsonTree.node(slice.next().isPresent()));
          return reply(body);
        });
  }

  /** Everything at once, whatever is asked for. */
  public static Pages single() {
    return of(Position.NUMBER, 0, false, EVERYTHING, (r, body, slice, q) -> reply(body));
  }

  /** By offset, with a field that says how many there are. */
  public static Pages offsetOfTotal(String parameter, String total) {
    return of(
            Position.INDEX,
            0,
            false,
            r -> r.query(parameter),
            (r, body, slice, q) -> {
              JsonTree.set(body, total, JsonTree.node(q.total(slice.total())));
              return reply(body);
            })
        .giving(Gives.TOTAL);
  }

  /** A GraphQL connection; the cursor comes as a variable of the posted query. */
  public static Pages relay(String variable, String pageInfo) {
    return of(
        Position.KEY,
        0,
        true,
        r -> r.query(variable),
        (r, body, slice, q) -> {
          ObjectNode info =
              JsonTree.object(
                  "hasNextPage",
                  slice.next().isPresent(),
                  "endCursor",
                  slice.next().orElse("the-last"));
          JsonTree.set(body, pageInfo, info);
          return reply(body);
        });
  }

  private Pages giving(Gives more) {
    return new Pages(
        position, first, hasEmptyPages, more, asked, told, records, most, sizeParameter, cap);
  }

  /** The path of the records in the body, with slashes; the body itself unless told. */
  public Pages in(String path) {
    return new Pages(
        position, first, hasEmptyPages, gives, asked, told, path, most, sizeParameter, cap);
  }

  /** Where there is nothing, it says null. Where the records are is said before. */
  public Pages nullWhenEmpty() {
    Told empty =
        (r, body, slice, q) -> {
          if (slice.records().isEmpty()) {
            JsonTree.set(body, records, JsonTree.node(null));
          }
          return told.write(r, body, slice, q);
        };
    return new Pages(
        position, first, hasEmptyPages, gives, asked, empty, records, most, sizeParameter, cap);
  }

  /** The parameter that asks for a page of a size, and the most that it gets. */
  public Pages sized(String parameter, int largest) {
    return new Pages(
        position,
        first,
        hasEmptyPages,
        gives,
        asked,
        told,
        records,
        largest,
        Optional.of(parameter),
        cap);
  }

  /** A search returns only so many results, and tells in a field how many there are. */
  public Pages capped(int results, String total) {
    return new Pages(
        position,
        first,
        hasEmptyPages,
        gives,
        asked,
        told,
        records,
        most,
        sizeParameter,
        Optional.of(new Cap(results, total)));
  }

  /** Whether a search returns only so many results. */
  public boolean isCapped() {
    return cap.isPresent();
  }

  /** The most results of one search. */
  int cap() {
    return cap.map(Cap::results).orElse(Integer.MAX_VALUE);
  }

  Position position() {
    return position;
  }

  int first() {
    return first;
  }

  /** Whether everything comes in one answer. */
  public boolean isWhole() {
    return asked == EVERYTHING;
  }

  /** Whether an empty page in the middle can be told from the end. */
  public boolean hasEmptyPages() {
    return hasEmptyPages;
  }

  /** Whether what is added or deleted meanwhile moves records from page to page. */
  public boolean drifts() {
    return position != Position.KEY;
  }

  /** Whether the address of the next page is given. */
  public boolean givesLinks() {
    return gives == Gives.LINKS;
  }

  public boolean tellsTotal() {
    return gives == Gives.TOTAL;
  }

  Optional<String> asked(FakeRequest request) {
    return asked.in(request);
  }

  int size(FakeRequest request, Quirks quirks) {
    int wanted =
        sizeParameter.flatMap(request::query).map(Integer::parseInt).orElse(Integer.MAX_VALUE);
    int size = Math.max(1, Math.min(quirks.pageSize(), Math.min(wanted, most)));
    return asked == EVERYTHING ? Integer.MAX_VALUE : size;
  }

  FakeReply write(FakeRequest request, Slice slice, Quirks quirks) {
    if (records.isEmpty()) {
      FakeReply page = told.write(request, JsonTree.object(), slice, quirks);
      return new FakeReply(page.status(), page.headers(), reply(slice.records()).body());
    }
    ObjectNode body = JsonTree.object();
    JsonTree.set(body, records, slice.records());
    cap.ifPresent(c -> JsonTree.set(body, c.total(), JsonTree.node(slice.total())));
    return told.write(request, body, slice, quirks);
  }

  private static FakeReply reply(JsonNode body) {
    return FakeReply.json(body.toString());
  }
}
