package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A correct connector of another family: shelves by the address of the next page, books on them by
 * offset and total, remarks on each book by number.
 */
public class ShelfReference implements Connector {
  static final Kind SHELF = Kind.of("shelf");
  static final Part REMARKS = new Part("remarks");
  private static final Records SHELVES =
      Records.of("shelf", s -> JsonTree.object("id", s.id(), "label", s.title()))
          .ids(number -> "s" + number)
          .visibility("open", true, false);
  private static final Records BOOKS =
      Records.of(
              "book",
              b ->
                  JsonTree.object(
                      "id", b.number(),
                      "title", b.title(),
                      "blurb", b.text(),
                      "touched", b.updated()))
          .in(SHELVES)
          .discussed();

  public static final Wire WIRE =
      Wire.basic()
          .list("/shelves", SHELVES, Pages.nextUrl("more").in("shelves"))
          .list(
              SHELVES,
              shelf -> "/shelves/" + shelf.id() + "/books",
              BOOKS,
              Pages.offsetOfTotal("skip", "count").in("books"),
              Changes.since("touched_from"))
          .comments(
              BOOKS,
              book -> "/books/" + book.number() + "/remarks",
              c -> JsonTree.object("id", c.number(), "said", c.text()),
              Pages.numbered("page", 0).in("remarks"));

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("shelves", "Shelves", "https://api.shelves.example")
        .auth(AuthScheme.basic())
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Shelves(), new Books());
  }

  public Source shelves() {
    return Source.listing(Listing.of(at -> Call.get("/shelves"), "shelves", Paging.nextUrl("more")))
        .relisted();
  }

  public Source books() {
    return Source.listing(
            Listing.of(
                at -> Call.get("/shelves/{}/books", at.parent().id("id")),
                "books",
                Paging.offsetOfTotal("skip", 3, "count")))
        .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("touched_from", time));
  }

  public Listing remarks() {
    return Listing.of(
        at -> Call.get("/books/{}/remarks", at.item().id("id")),
        "remarks",
        Paging.numbered("page", 0));
  }

  /** Where people read a book, or a remark on it. */
  public Optional<URI> link(Citation passage) {
    return CitationResolver.link("https://shelves.example/{}", passage.item().id("id"));
  }

  private final class Shelves implements ContainerStream {
    @Override
    public Kind kind() {
      return SHELF;
    }

    @Override
    public Source source() {
      return shelves();
    }

    @Override
    public String id(Item shelf) {
      return shelf.id("id");
    }

    @Override
    public Visibility visibility(Item shelf) {
      return Visibility.allow(shelf, "open", true);
    }

    @Override
    public Access access(Item shelf) {
      return Access.wholeConnection("every member reads every shelf");
    }
  }

  private final class Books implements DocumentStream, Nested, HasParts {
    @Override
    public Kind kind() {
      return Kind.of("book");
    }

    @Override
    public Kind parent() {
      return SHELF;
    }

    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }

    @Override
    public Source source() {
      return books();
    }

    @Override
    public List<PartListing> parts() {
      return List.of(PartListing.of(REMARKS, PartListing.Touches.RECORD, remarks()));
    }

    @Override
    public String id(Item book) {
      return book.id("id");
    }

    @Override
    public Revision revision(Item book) {
      return Revision.time(book.instant("touched"));
    }

    @Override
    public Visibility visibility(Item book) {
      return Visibility.declared("a book is as visible as its shelf");
    }

    @Override
    public Access access(Item book) {
      return Access.inherited();
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Document transform(Item book, Lookups lookups) {
      Document.Builder document = Document.titled(book.text("title")).body(book.text("blurb"));
      for (Json remark : book.part(REMARKS)) {
        document.chunk("note-" + remark.id("id"), remark.text("said"));
      }
      return document.build();
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return link(passage);
    }
  }
}
