package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.HasParts;
import dev.corpusync.document.Document;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.reference.PostReference;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.ShelfReference;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Right connectors of which the contract once said that they are wrong, and wrong ones near by. */
final class UnusualConnectors {
  private static final Pages BY_CURSOR = Pages.cursor("cursor", "next").in("data");

  /** Tickets that two fields can hide, one of them with a word that is never private. */
  private static final Wire DRAFTS =
      tickets(
          plain()
              .visibility("visibility", "public", "private")
              .visibility("status", "published", "draft"),
          BY_CURSOR);

  /** Tickets that may be pinned or not: only what says neither is hidden. */
  private static final Wire PINNED =
      tickets(
          plain()
              .visibility("visibility", "public", "private")
              .visibleWhen("pinned", List.of(true, false), List.of()),
          BY_CURSOR);

  private static final Wire WHOLE = tickets(TicketWire.TICKETS, Pages.single().in("data"));
  private static final Wire OPEN = tickets(plain().neverHidden(), BY_CURSOR);

  /** Titles, and nothing else that people write. */
  private static final Wire TITLES =
      tickets(
          tickets(
                  t ->
                      JsonTree.object(
                          "id", t.id(), "subject", t.title(), "updated_at", t.updated()))
              .withoutText()
              .visibility("visibility", "public", "private"),
          BY_CURSOR);

  private UnusualConnectors() {}

  /**
   * A right connector.
   *
   * @param once the checks that it once failed
   */
  record Right(Mutant connector, List<String> once) {
    @Override
    public String toString() {
      return connector.name();
    }
  }

  static List<Right> right() {
    return List.of(
        right(
            "is visible when two fields say so",
            judging(t -> shown(t).and(Visibility.allow(t, "status", "published"))),
            DRAFTS,
            "TRF-01 TRF-10 TRF-11 PRIV-02 PRIV-03"),
        right(
            "lets a flag have both of its values",
            judging(t -> shown(t).and(Visibility.allow(t, "pinned", true, false))),
            PINNED,
            "TRF-01 TRF-10 TRF-11 PRIV-02 PRIV-03"),
        right(
            "gets everything in one answer",
            new Whole(),
            WHOLE,
            "PAGE-06 PAGE-20 INC-19 DEL-02 INC-01 CRASH-12 NET-05 RES-04"),
        right(
            "has nothing private",
            judging(t -> Visibility.declared("everyone reads every ticket")),
            OPEN,
            "PRIV-09 PRIV-15"),
        right(
            "asks for the address to judge by",
            judging(
                t ->
                    t.setting(Descriptor.BASE_URL).getHost() == null
                        ? Visibility.hidden("nowhere")
                        : shown(t)),
            TicketWire.WIRE,
            "DET-01 CRASH-01"),
        right(
            "has titles only",
            new TitlesOnly(),
            TITLES,
            "INC-07 INC-21 PRIV-13 CITE-08 TRF-13 INC-03"),
        right("has a list of parts with none in it", new NoParts(), TicketWire.WIRE, "PAGE-17"),
        right(
            "links remarks to pages of their own",
            new RemarkPages(key -> key),
            ShelfReference.WIRE,
            "CITE-08"),
        right(
            "fetches two kinds by id",
            new PostReference(),
            PostReference.WIRE,
            "FIX-07 FIX-04 DEL-06 DEL-01"));
  }

  /** Wrong ones near by, which the same checks find. */
  static List<Mutant> wrong() {
    return List.of(
        Mutant.of(
                "shows all but drafts",
                judging(
                    t ->
                        t.findText("status").filter("draft"::equals).isPresent()
                            ? Visibility.hidden("a draft")
                            : shown(t)),
                DRAFTS)
            .foundBy("PRIV-03"),
        Mutant.of("does not look whether it is a draft", judging(t -> shown(t)), DRAFTS)
            .foundBy("PRIV-03"),
        Mutant.of(
                "takes anything for a flag",
                judging(t -> t.tree().has("pinned") ? shown(t) : Visibility.hidden("no flag")),
                PINNED)
            .foundBy("PRIV-03"),
        Mutant.of("keeps the first of several titles", new FirstTitle(), TITLES).foundBy("INC-21"),
        Mutant.of(
                "links every remark to the page of one",
                new RemarkPages(key -> key.isEmpty() ? key : "70002"),
                ShelfReference.WIRE)
            .foundBy("CITE-08"),
        Mutant.of("fetches one of two kinds by id", new OnlyPosts(), PostReference.WIRE)
            .foundBy("FIX-07"),
        Mutant.of("asks for changes in a form that the API refuses", refused()).foundBy("FIX-07"));
  }

  private static Right right(String name, Connector connector, Wire wire, String once) {
    return new Right(Mutant.of(name, connector, wire), List.of(once.split(" ")));
  }

  private static Records plain() {
    return tickets(
        t ->
            JsonTree.object(
                "id", t.id(), "subject", t.title(), "text", t.text(), "updated_at", t.updated()));
  }

  private static Records tickets(Function<Thing, ObjectNode> json) {
    return Records.of("ticket", json).ids(number -> "T-" + number);
  }

  private static Wire tickets(Records tickets, Pages pages) {
    return Wire.bearer().list("/tickets", tickets, pages, Changes.since("updated_after"));
  }

  private static Visibility shown(Item ticket) {
    return Visibility.allow(ticket, "visibility", "public");
  }

  private static ReferenceConnector judging(Function<Item, Visibility> verdict) {
    return new ReferenceConnector() {
      @Override
      public Visibility visibility(Item ticket) {
        return verdict.apply(ticket);
      }
    };
  }

  private static Source refused() {
    return Source.listing(
            Listing.of(at -> Call.get("/tickets"), "data", Paging.cursor("cursor", "next")))
        .changedSince(
            Duration.ofSeconds(10),
            (call, time) -> call.query("updated_after", "since " + time.getEpochSecond()));
  }

  private static final class Whole extends ReferenceConnector {
    @Override
    public Source source() {
      return Source.listing(Listing.of(at -> Call.get("/tickets"), "data", Paging.single()))
          .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time));
    }
  }

  private static class TitlesOnly extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      return Document.titled(ticket.text("subject")).build();
    }
  }

  /** Versions of which none is the later one. */
  private static final class FirstTitle extends TitlesOnly {
    @Override
    public Revision revision(Item ticket) {
      return Revision.content();
    }
  }

  /** Knows not that pages can be fetched by their ids too. */
  private static final class OnlyPosts extends PostReference {
    @Override
    public DocumentStream pages() {
      return new Listed("page");
    }
  }

  private static final class NoParts extends ReferenceConnector implements HasParts {
    @Override
    public List<PartListing> parts() {
      return List.of();
    }
  }

  /** The page of each remark is at its number. */
  private static final class RemarkPages extends ShelfReference {
    private final Function<String, String> page;

    RemarkPages(Function<String, String> page) {
      this.page = page;
    }

    @Override
    public Optional<URI> link(Citation passage) {
      String remark =
          passage
              .chunk()
              .filter(key -> key.startsWith("note-"))
              .map(k -> k.substring(5))
              .orElse("");
      return remark.isEmpty()
          ? super.link(passage)
          : CitationResolver.link("https://shelves.example/remarks/{}", page.apply(remark));
    }
  }
}
