package dev.corpusync.micrometer;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.Optional;

/** A connector for notes, some of which are private. */
final class Notes implements SingleStream {
  @Override
  public Descriptor descriptor() {
    return Descriptor.of("notes", "Notes", "https://notes.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("note");
  }

  @Override
  public Source source() {
    return Source.listing(
            Listing.of(at -> Call.get("/notes"), "data", Paging.cursor("cursor", "next")))
        .relisted();
  }

  @Override
  public String id(Item note) {
    return note.id("id");
  }

  @Override
  public Visibility visibility(Item note) {
    return Visibility.allow(note, "shared", true);
  }

  @Override
  public Access access(Item note) {
    return Access.wholeConnection("a test");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item note, Lookups lookups) {
    return Document.titled(note.id("id")).build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return Optional.empty();
  }
}
