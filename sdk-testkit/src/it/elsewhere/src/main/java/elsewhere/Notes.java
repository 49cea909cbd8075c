package elsewhere;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
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

/** A connector in another project, without null annotations and outside the SDK's build. */
public final class Notes implements SingleStream {
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
    return Source.listing(Listing.of(at -> Call.get("/notes"), "", Paging.link())).relisted();
  }

  @Override
  public String id(Item note) {
    return note.id("id");
  }

  @Override
  public Revision revision(Item note) {
    return Revision.number(note.number("version"));
  }

  @Override
  public Visibility visibility(Item note) {
    return Visibility.allow(note, "shared", true);
  }

  @Override
  public Access access(Item note) {
    return Access.wholeConnection("shared notes are shared with everyone");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item note, Lookups lookups) {
    return Document.titled(note.text("title")).body(note.findText("text")).build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.link("https://notes.example/{}", passage.item().id("id"));
  }
}
