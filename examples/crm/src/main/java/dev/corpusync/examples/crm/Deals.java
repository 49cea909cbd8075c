package dev.corpusync.examples.crm;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.HasParts;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A deal: its custom text fields, and a chunk for each note. */
final class Deals implements DocumentStream, HasParts {
  static final Field<String> STATUS = Field.keyword("status");
  static final Field<String> OWNER = Field.keyword("owner");
  static final Field<String> LABELS = Field.keyword("labels");
  static final Field<Instant> UPDATED = Field.instant("updated");
  private static final Part NOTES = Part.named("notes");
  private static final Part FOLLOWERS = Part.named("followers");
  private static final Set<String> TEXTS = Set.of("varchar", "text");
  private static final Map<String, Principal> ALL_USERS = Map.of("7", Principal.organisation());
  private static final Map<String, Principal> ONE_GROUP =
      Map.of("3", Principal.organisation(), "7", Principal.organisation());

  @Override
  public Kind kind() {
    return Crm.DEAL;
  }

  @Override
  public Source source() {
    // A full listing at each sync: it has no filter by time. Oldest first, so that an edit
    // meanwhile does not shift pages.
    return Source.listing(Crm.pages(at -> Call.get("/deals").query("sort", "id ASC"))).relisted();
  }

  @Override
  public List<PartListing> parts() {
    // Whether an edited note changes the time of its deal is not documented.
    return List.of(
        PartListing.of(
            NOTES,
            Touches.NOTHING,
            Crm.pages(at -> Call.get("/notes").query("deal_id", at.item().id("id")))
                .onlyWhen(at -> at.item().number("notes_count") > 0)),
        PartListing.of(
            FOLLOWERS,
            Touches.NOTHING,
            Crm.pages(at -> Call.get("/deals/{}/followers", at.item().id("id")))
                .onlyWhen(at -> !isForAll(at.item()))));
  }

  @Override
  public String id(Item deal) {
    return deal.id("id");
  }

  @Override
  public Revision revision(Item deal) {
    return Revision.time(deal.utc("update_time"));
  }

  @Override
  public Visibility visibility(Item deal) {
    return Visibility.allow(deal, "status", "open", "won", "lost");
  }

  /**
   * The members of a visibility group cannot be read. Of a deal for a group, or with an unknown
   * group, only the owner and the followers are certain.
   */
  @Override
  public Access access(Item deal) {
    if (isForAll(deal)) {
      return Access.known(List.of(deal), Deals::everyone);
    }
    // A deal may have no owner; an owner without a name makes the access unknown.
    Stream<Optional<String>> owner = deal.find("user_id").stream().map(user -> user.findId("id"));
    Stream<Optional<String>> followers =
        deal.part(FOLLOWERS).stream().map(follower -> follower.findId("user_id"));
    return Access.known(Stream.concat(owner, followers).toList(), id -> id.map(Principal::user));
  }

  private static boolean isForAll(Item deal) {
    return everyone(deal).isPresent();
  }

  private static Optional<Principal> everyone(Item deal) {
    return Principal.fromTable(
        deal.findId("visible_to"), deal.setting(Crm.GROUPS) ? ALL_USERS : ONE_GROUP);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(STATUS, OWNER, LABELS, UPDATED);
  }

  @Override
  public Document transform(Item deal, Lookups lookups) {
    Document.Builder document =
        Document.titled(deal.text("title"))
            .field(STATUS, deal.text("status"))
            .field(OWNER, user(deal, "user_id/id", "user_id/name", lookups))
            .fields(LABELS, DealFields.chosen(deal, "label", lookups))
            .field(UPDATED, deal.utc("update_time"));
    for (String name : deal.tree().propertyNames()) {
      if (isText(name, lookups)) {
        document.body(deal.findText(name));
      }
    }
    for (Json note : deal.part(NOTES)) {
      document.chunk(
          "note-" + note.id("id"),
          user(note, "user_id", "user/name", lookups).orElse("unknown user")
              + ": "
              + note.findText("content").orElse(""));
    }
    return document.build();
  }

  /** Custom fields have keys of 40 hex digits; their types are in another endpoint. */
  private static boolean isText(String name, Lookups lookups) {
    return name.matches("[0-9a-f]{40}")
        && lookups
            .find(Crm.FIELD, name)
            .filter(field -> TEXTS.contains(field.text("field_type")))
            .isPresent();
  }

  /** The current name, or the name in the record where it is unknown. */
  private static Optional<String> user(Json record, String id, String name, Lookups lookups) {
    return record
        .findId(id)
        .map(
            number ->
                lookups
                    .name(Crm.USER, number)
                    .or(() -> record.findText(name))
                    .orElse("user " + number));
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.link(
        "https://{}.crm.example/deal/{}",
        passage.item().setting(Crm.COMPANY),
        passage.item().id("id"));
  }
}
