package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import java.util.Optional;

/**
 * How one page of a listing leads to the next: cursors, links, page numbers, offsets. A position is
 * opaque and is sent back as the API returned it, as a {@linkplain Call#parameter parameter} of the
 * listing's call. Implement this interface for a form that is not here. Implementations keep
 * nothing between calls and are used by many threads.
 *
 * @since 0.1
 */
public interface Paging {
  /** Returns the call for the page at a position. The first page is the listing's own call. */
  Call at(Call first, String position);

  /**
   * Returns where the next page is, or what the end of the listing proves.
   *
   * @param records how many records this page held; an empty page is not an end by itself (P3)
   * @param position of this page; empty for the first
   */
  Step next(Reply reply, int records, Optional<String> position);

  /**
   * The position of the next page, or the end of the listing.
   *
   * @param position of the next page; empty at the end
   * @param proof how far the pages so far prove that a record that they lack is deleted
   */
  record Step(Optional<String> position, Proof proof) {
    /** Another page follows, at this position. */
    public static Step at(String position) {
      return new Step(Optional.of(position), Proof.SAID);
    }

    /** No page follows. */
    public static Step end(Proof proof) {
      return new Step(Optional.empty(), proof);
    }
  }

  /**
   * A cursor in the body that is null on the last page. A page without the field at all is an
   * error: a typo would look like the end.
   */
  static Paging cursor(String parameter, String field) {
    return FieldPaging.strict(parameter, field);
  }

  /**
   * A cursor that the API leaves out on the last page. The end is only inferred, since a typo in
   * the field looks the same.
   */
  static Paging cursorOmittedAtEnd(String parameter, String field) {
    return FieldPaging.omitted(parameter, field);
  }

  /** A cursor that is an empty text on the last page. */
  static Paging cursorBlankAtEnd(String parameter, String field) {
    return FieldPaging.blank(parameter, field);
  }

  /** A cursor with a field beside it that says whether more follows. */
  static Paging cursorWhile(String parameter, String field, String hasMore) {
    return FieldPaging.hasMore(parameter, field, hasMore, Proof.SAID);
  }

  /**
   * The offset of the next page in the body, with a field beside it that says whether more follows.
   * Offsets drift when records are inserted or deleted meanwhile: the end is only inferred.
   */
  static Paging offsetWhile(String parameter, String next, String hasMore) {
    return FieldPaging.hasMore(parameter, next, hasMore, Proof.INFERRED);
  }

  /** The URL of the next page in the body, null on the last page. */
  static Paging nextUrl(String field) {
    return FieldPaging.url(field, true);
  }

  /** The URL of the next page in the body, left out on the last page. The end is only inferred. */
  static Paging nextUrlOmittedAtEnd(String field) {
    return FieldPaging.url(field, false);
  }

  /**
   * The {@code Link} header's {@code next}, followed as it is. Such links mostly hold page numbers,
   * which drift: the end is only inferred.
   */
  static Paging link() {
    return new Paging() {
      @Override
      public Call at(Call first, String position) {
        return Call.follow(position).headersOf(first);
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        return reply.link("next").map(Step::at).orElse(Step.end(Proof.INFERRED));
      }
    };
  }

  /**
   * A GraphQL connection (Relay): {@code pageInfo} with {@code hasNextPage} and {@code endCursor},
   * sent back as a variable.
   */
  static Paging relay(String variable, String pageInfo) {
    return new Paging() {
      @Override
      public Call at(Call first, String position) {
        return first.parameter(variable, position);
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        Json info = Declared.read(reply, json -> json.child(pageInfo));
        return Declared.read(reply, json -> info.flag("hasNextPage"))
            ? Step.at(Declared.read(reply, json -> info.text("endCursor")))
            : Step.end(Proof.SAID);
      }
    };
  }

  /**
   * Page numbers, until a page is empty. Numbers drift when records are inserted or deleted
   * meanwhile: the end is only inferred.
   */
  static Paging numbered(String parameter, int first) {
    return new CountedPaging(parameter, first, records -> 1, CountedPaging.More.untilEmpty());
  }

  /**
   * Page numbers, with a field that says whether more follows; an empty page is then no end. The
   * end is only inferred.
   */
  static Paging numberedWhile(String parameter, int first, String hasMore) {
    return new CountedPaging(parameter, first, records -> 1, CountedPaging.More.whileSet(hasMore));
  }

  /**
   * An offset that grows by the number of records received, not by the number asked for, until a
   * page is empty. The end is only inferred.
   */
  static Paging offset(String parameter) {
    return new CountedPaging(parameter, 0, records -> records, CountedPaging.More.untilEmpty());
  }

  /**
   * An offset with the API's total, for APIs that return an empty page before the end: such a page
   * advances the offset by the page size. The end is only inferred. A total that falls from page to
   * page means that records moved: see {@link Proof#DRIFTED}.
   *
   * @param total path to the number of all records
   */
  static Paging offsetOfTotal(String parameter, int pageSize, String total) {
    return new TotalPaging(parameter, pageSize, total);
  }

  /**
   * One page, no more. The end is only inferred: an API that pages all the same would look like
   * this.
   */
  static Paging single() {
    return new Paging() {
      @Override
      public Call at(Call first, String position) {
        throw new MalformedReplyException("a listing of a single page has no second one");
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        return Step.end(Proof.INFERRED);
      }
    };
  }
}
