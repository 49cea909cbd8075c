package dev.corpusync.testkit.engine;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.HasParts;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.transform.Lookups;
import java.time.Duration;
import java.util.List;

/** Things with an id and a title, below {@code /things} where no source is given. */
class RawThings implements PlainStream {
  static final Kind THING = Kind.of("thing");
  private final Source source;

  RawThings() {
    this(
        Source.listing(listing())
            .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t)));
  }

  RawThings(Source source) {
    this.source = source;
  }

  static Listing listing() {
    return Listing.of(at -> Call.get("/things"), "data", Paging.cursor("cursor", "next"));
  }

  static ByIds each() {
    return ByIds.each((at, id) -> Call.get("/things/{}", id));
  }

  /** Fetched by id, one by one. */
  static class ById extends RawThings implements FetchedByIds {
    ById() {}

    ById(Source source) {
      super(source);
    }

    @Override
    public ByIds byIds() {
      return each();
    }
  }

  /** With comments, that make the record change. */
  static class Commented extends RawThings implements HasParts {
    Commented() {}

    Commented(Source source) {
      super(source);
    }

    @Override
    public List<PartListing> parts() {
      return comments();
    }
  }

  /** With both. */
  static final class CommentedById extends ById implements HasParts {
    @Override
    public List<PartListing> parts() {
      return comments();
    }
  }

  private static List<PartListing> comments() {
    return List.of(
        PartListing.of(
            Part.named("comments"),
            PartListing.Touches.RECORD,
            Listing.of(
                at -> Call.get("/things/{}/comments", at.item().id("id")),
                "data",
                Paging.cursor("cursor", "next"))));
  }

  @Override
  public Kind kind() {
    return THING;
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Document transform(Item item, Lookups lookups) {
    return Document.titled(item.text("title")).build();
  }
}
