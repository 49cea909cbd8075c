package dev.corpusync.examples.drive;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A drive that gives out everything once and then a delta link, with tombstones; the link expires
 * with 410.
 */
public final class Drive implements Connector, DocumentStream {
  static final Field<String> TYPE = Field.keyword("type");
  private static final Map<String, Principal> SHARED_WITH =
      Map.of("organization", Principal.organisation(), "anonymous", Principal.anyone());

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("drive", "Drive", "https://api.drive.example")
        .auth(AuthScheme.bearer())
        .categories("files")
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(this);
  }

  @Override
  public Kind kind() {
    return Kind.of("file");
  }

  @Override
  public Source source() {
    return Source.delta(
        new Delta(
            at -> Call.get("/drive/delta"),
            "value",
            "@odata.nextLink",
            "@odata.deltaLink",
            file -> file.has("deleted"),
            Set.of(410)));
  }

  @Override
  public String id(Item file) {
    return file.id("id");
  }

  @Override
  public Revision revision(Item file) {
    return Revision.number(file.number("version"));
  }

  @Override
  public Visibility visibility(Item file) {
    return Visibility.allow(file, "status", "published");
  }

  @Override
  public Access access(Item file) {
    return Access.known(
        file.each("permissions"),
        grant ->
            grant
                .findText("email")
                .map(Principal::email)
                .or(() -> Principal.fromTable(grant.findText("scope"), SHARED_WITH)));
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(TYPE);
  }

  @Override
  public Document transform(Item file, Lookups lookups) {
    return Document.titled(file.text("name"))
        .body(file.findText("text"))
        .field(TYPE, file.findText("type"))
        .build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.given(passage.item(), "web_url");
  }
}
