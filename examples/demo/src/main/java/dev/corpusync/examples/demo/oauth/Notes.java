package dev.corpusync.examples.demo.oauth;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Account;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Identified;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A connector for an API that needs an access token of an OAuth provider. */
final class Notes implements SingleStream, Identified {
  private static final Setting<URI> SIGN_IN = Setting.url("sign_in", "Where people sign in");
  private static final String OIDC = "{sign_in}/protocol/openid-connect";
  static final OAuth2 CONSENT =
      OAuth2.authorizationCode(OIDC + "/auth", OIDC + "/token")
          .revocationEndpoint(OIDC + "/revoke")
          .issuer("{sign_in}")
          .scopes("email", "profile")
          .uncheckedScopes("openid")
          .build();

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("notes", "Notes", "https://api.notes.example")
        .auth(CONSENT)
        .settings(SIGN_IN)
        .build();
  }

  @Override
  public Account whoAmI(Api api) {
    Json me = api.send(Call.get("/me")).json();
    return Account.of(me.text("id"), me.text("name"));
  }

  @Override
  public Kind kind() {
    return Kind.of("note");
  }

  @Override
  public Source source() {
    Paging pages = Paging.cursor("cursor", "next_cursor");
    return Source.listing(Listing.of(at -> Call.get("/notes"), "data", pages))
        .changedSince(Duration.ofMinutes(2), (call, time) -> call.query("updated_after", time));
  }

  @Override
  public String id(Item note) {
    return note.id("id");
  }

  @Override
  public Revision revision(Item note) {
    return Revision.time(note.instant("updated_at"));
  }

  @Override
  public Visibility visibility(Item note) {
    return Visibility.allow(note, "private", false);
  }

  @Override
  public Access access(Item note) {
    return Access.wholeConnection("Notes has no permissions below the account");
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
  public Optional<URI> cite(Citation at) {
    return CitationResolver.link("https://notes.example/{}", at.item().id("id"));
  }
}
