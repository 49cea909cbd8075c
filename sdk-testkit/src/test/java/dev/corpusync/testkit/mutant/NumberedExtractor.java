package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Payload;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Duration;
import java.util.List;

/** Pages by number, by hand; right unless a mutant overrides one of its steps. */
class NumberedExtractor implements Extractor<NumberedExtractor.Place> {
  /**
   * @param last a fingerprint of the last record before the page, which may be a private one
   */
  record Place(int page, int last) implements SyncCursor {}

  @Override
  public Class<Place> cursor() {
    return Place.class;
  }

  @Override
  public Page<Place> fetch(FetchRequest<Place> ask) {
    Place place = ask.position().orElse(new Place(1, 0));
    Call all = Call.get("/tickets").query("page", place.page());
    Call call =
        ask.since()
            .map(t -> all.query("updated_after", t.minus(Duration.ofSeconds(10))))
            .orElse(all);
    List<Payload> found = ask.api().send(call).records("data");
    Page.Builder page = Page.of(kept(place, found));
    return isEnd(place, found)
        ? page.end(proof())
        : page.next(new Place(place.page() + 1, fingerprint(found.get(found.size() - 1))), soFar());
  }

  static int fingerprint(Payload record) {
    return record.json().id("id").hashCode();
  }

  boolean isEnd(Place place, List<Payload> records) {
    return records.isEmpty();
  }

  List<Payload> kept(Place place, List<Payload> records) {
    return records;
  }

  Proof soFar() {
    return Proof.INFERRED;
  }

  Proof proof() {
    return Proof.INFERRED;
  }
}
