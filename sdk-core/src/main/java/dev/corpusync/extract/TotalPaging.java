package dev.corpusync.extract;

import dev.corpusync.sync.Proof;
import java.util.Optional;

/**
 * Paging by an offset until the API's total is reached. The total shows when records move while
 * they are read: where it is smaller than on the page before, a record may have slipped from a page
 * to come to one that was read already.
 *
 * @param total path to the number of all records
 */
record TotalPaging(String parameter, int pageSize, String total) implements Paging {
  /** Where a page starts, and what the total was on the page before it. */
  private record Place(long offset, long total) {
    static Place of(Optional<String> position) {
      String[] parts = position.orElse("0").split("/", 2);
      return new Place(
          Long.parseLong(parts[0]), parts.length < 2 ? Long.MIN_VALUE : Long.parseLong(parts[1]));
    }
  }

  @Override
  public Call at(Call call, String position) {
    return call.parameter(parameter, Place.of(Optional.of(position)).offset());
  }

  @Override
  public Step next(Reply reply, int records, Optional<String> position) {
    Place here = Place.of(position);
    long all = Declared.read(reply, json -> json.number(total));
    long next = here.offset() + (records == 0 ? pageSize : records);
    // An empty page before the total is no end.
    boolean follows = next < all || records > 0;
    Proof proof = all < here.total() ? Proof.DRIFTED : follows ? Proof.SAID : Proof.INFERRED;
    return new Step(follows ? Optional.of(next + "/" + all) : Optional.empty(), proof);
  }
}
