package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import java.util.Optional;

/**
 * How one page leads to the next. Positions are opaque: they go back to the API as they came, where
 * {@link Call#parameter} puts them. Implement it for a form that is not here; it keeps nothing
 * between calls.
 */
public interface Paging {
  /** The call for the page at a position; the first page is the listing's own call. */
  Call at(Call first, String position);

  /**
   * @param records how many this page held; an empty page means nothing by itself (P3)
   * @param position of this page; empty for the first
   */
  Step next(Reply reply, int records, Optional<String> position);

  /** Where a listing goes on, or what its end proves. */
  record Step(Optional<String> position, Proof proof) {
    public static Step at(String position) {
      return new Step(Optional.of(position), Proof.SAID);
    }

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
   * What is inserted or deleted meanwhile moves the rest: the end is only inferred.
   */
  static Paging offsetWhile(String parameter, String next, String hasMore) {
    return FieldPaging.hasMore(parameter, next, hasMore, Proof.INFERRED);
  }

  /** The whole address of the next page in the body, null on the last. */
  static Paging nextUrl(String field) {
    return FieldPaging.url(field, true);
  }

  /** The whole address of the next page in the body, left out on the last. */
  static Paging nextUrlOmittedAtEnd(String field) {
    return FieldPaging.url(field, false);
  }

  /**
   * The {@code Link} header, followed as given. Such pages are numbered behind the scenes, so they
   * drift and the end is only inferred.
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
   * Pages by number until one is empty. Numbers drift when something is inserted or deleted
   * meanwhile: the end is only inferred.
   */
  static Paging numbered(String parameter, int first) {
    return new Paging() {
      @Override
      public Call at(Call call, String position) {
        return call.parameter(parameter, Long.parseLong(position));
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        return records == 0
            ? Step.end(Proof.INFERRED)
            : Step.at(Integer.toString(position.map(Integer::parseInt).orElse(first) + 1));
      }
    };
  }

  /**
   * By number, with a field that says whether more follows; an empty page in the middle is then
   * just that.
   */
  static Paging numberedWhile(String parameter, int first, String hasMore) {
    return new Paging() {
      @Override
      public Call at(Call call, String position) {
        return call.parameter(parameter, Long.parseLong(position));
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        boolean more = Declared.read(reply, json -> json.flag(hasMore));
        return more
            ? Step.at(Integer.toString(position.map(Integer::parseInt).orElse(first) + 1))
            : Step.end(Proof.INFERRED);
      }
    };
  }

  /**
   * By offset, which grows by what was received and not by what was asked, until a page is empty.
   * The end is only inferred.
   */
  static Paging offset(String parameter) {
    return new Paging() {
      @Override
      public Call at(Call call, String position) {
        return call.parameter(parameter, Long.parseLong(position));
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        return records == 0
            ? Step.end(Proof.INFERRED)
            : Step.at(Long.toString(position.map(Long::parseLong).orElse(0L) + records));
      }
    };
  }

  /**
   * By offset with the API's total, for APIs where a page may come back empty in the middle: it
   * goes on in steps of the page size.
   */
  static Paging offsetOfTotal(String parameter, int pageSize, String total) {
    return new Paging() {
      @Override
      public Call at(Call call, String position) {
        return call.parameter(parameter, Long.parseLong(position));
      }

      @Override
      public Step next(Reply reply, int records, Optional<String> position) {
        long offset =
            position.map(Long::parseLong).orElse(0L) + (records == 0 ? pageSize : records);
        long all = Declared.read(reply, json -> json.number(total));
        return offset < all || records > 0
            ? Step.at(Long.toString(offset))
            : Step.end(Proof.INFERRED);
      }
    };
  }

  /**
   * One page and no more. The end is only inferred: an API that pages all the same would look like
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
