package dev.corpusync.extract;

import dev.corpusync.sync.Proof;
import java.util.Optional;

/**
 * Paging by a count that goes up: page numbers or offsets. Counts drift when records are inserted
 * or deleted meanwhile, so the end is only inferred.
 */
record CountedPaging(String parameter, long first, Advance advance, More more) implements Paging {
  /** How far one page advances the count. */
  interface Advance {
    long after(int records);
  }

  /** Whether another page follows. */
  interface More {
    boolean follows(Reply reply, int records);

    /** Until a page is empty. */
    static More untilEmpty() {
      return (reply, records) -> records > 0;
    }

    /** As long as a field says so; an empty page is then no end. */
    static More whileSet(String field) {
      return (reply, records) -> Declared.read(reply, json -> json.flag(field));
    }
  }

  @Override
  public Call at(Call call, String position) {
    return call.parameter(parameter, Long.parseLong(position));
  }

  @Override
  public Step next(Reply reply, int records, Optional<String> position) {
    long next = position.map(Long::parseLong).orElse(first) + advance.after(records);
    return more.follows(reply, records) ? Step.at(Long.toString(next)) : Step.end(Proof.INFERRED);
  }
}
