package dev.corpusync.examples.families;

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
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.Optional;

/**
 * The notes of a team by delta, as in Microsoft Graph: first everything, then the changes from the
 * delta link at the end of the last response, with tombstones. A link that is too old answers 410
 * and causes a full sync.
 */
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
    return Source.delta(
        Delta.of(
                at -> Call.get("/v1.0/notes/delta"),
                "value",
                "@odata.nextLink",
                "@odata.deltaLink",
                note -> note.has("@removed"))
            .expiredOn(410));
  }

  @Override
  public String id(Item note) {
    return note.id("id");
  }

  @Override
  public Revision revision(Item note) {
    return Revision.time(note.instant("lastModifiedDateTime"));
  }

  @Override
  public Visibility visibility(Item note) {
    return Visibility.allow(note, "sensitivity", "normal");
  }

  @Override
  public Access access(Item note) {
    return Access.wholeConnection("every member of a team may read its notes");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item note, Lookups lookups) {
    return Document.titled(note.text("subject")).body(note.findText("body/content")).build();
  }

  @Override
  public Optional<URI> cite(Citation at) {
    return CitationResolver.given(at.item(), "webLink");
  }
}
