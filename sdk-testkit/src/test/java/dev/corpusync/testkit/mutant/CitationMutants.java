package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Document;
import dev.corpusync.testkit.reference.BugReference;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.SummaryReference;
import dev.corpusync.testkit.reference.TrackerReference;
import dev.corpusync.testkit.reference.TrackerWire;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the checks of CITE find out: links that lead elsewhere, or nowhere. */
final class CitationMutants {
  private static final String SITE = "https://tickets.example/";
  private static final Setting<String> RAW = Setting.text("base_url", "Address of the API");

  /** The same tickets, each with the address where people read it. */
  private static final Wire GIVEN =
      Wire.bearer()
          .list(
              "/tickets",
              Records.of(
                      "ticket",
                      t ->
                          JsonTree.object(
                              "id", t.id(),
                              "subject", t.title(),
                              "text", t.text(),
                              "updated_at", t.updated(),
                              "url", t.url()))
                  .ids(number -> "T-" + number)
                  .visibility("visibility", "public", "private"),
              Pages.cursor("cursor", "next").in("data"),
              Changes.since("updated_after"));

  private CitationMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "gives the link of the record with the place of the passage",
            citing(CitationMutants::given),
            GIVEN),
        citing("asks for the ticket in the query", p -> link("?ticket=", encoded(id(p)))),
        citing(
                "links to tickets but the newest",
                p -> id(p).endsWith("4") ? Optional.empty() : link("", encoded(id(p))))
            .foundBy("CITE-01"),
        SummaryMutant.citing(
                "links to the API",
                p ->
                    CitationResolver.link(
                        p.item().setting(Descriptor.BASE_URL) + "/tickets/{}", id(p)))
            .foundBy("CITE-02"),
        Mutant.of("links to the project", new ToProject(), TrackerWire.WIRE).foundBy("CITE-02"),
        citing("encodes twice", p -> link("", encoded(encoded(id(p))))).foundBy("CITE-03"),
        citing("encodes nothing", p -> link("", id(p))).foundBy("CITE-03"),
        citing(
                "encodes as forms do",
                p -> link("", URLEncoder.encode(id(p), StandardCharsets.UTF_8)))
            .foundBy("CITE-03"),
        bug(
                "writes null where there is no slug",
                p ->
                    CitationResolver.link(
                        p.item().setting(Descriptor.BASE_URL) + "/browse/{}",
                        String.valueOf(p.item().findText("slug").orElse(null))))
            .foundBy("CITE-04"),
        bug(
                "needs a slug",
                p ->
                    CitationResolver.link(
                        p.item().setting(Descriptor.BASE_URL) + "/browse/{}",
                        p.item().text("slug")))
            .foundBy("CITE-04"),
        citing("links to the usual site of the API", p -> onApi(id(p))).foundBy("CITE-06"),
        citing(
                "adds a slash to the address",
                p -> CitationResolver.link(p.item().setting(RAW) + "/browse/{}", id(p)))
            .foundBy("CITE-06"),
        citing(
                "knows no links of passages",
                p -> p.chunk().isPresent() ? Optional.empty() : link("", encoded(id(p))))
            .foundBy("CITE-08"),
        citing("takes it that passages are remarks", CitationMutants::remark).foundBy("CITE-08"),
        Mutant.of("remembers links", new Remembering(), BugReference.WIRE).foundBy("CITE-09"),
        Mutant.of(
                "calls what has no title by its id",
                new ReferenceConnector() {
                  @Override
                  public Document transform(Item ticket, Lookups lookups) {
                    String title =
                        ticket.findText("subject").filter(t -> !t.isBlank()).orElse(id(ticket));
                    return Document.titled(title).body(ticket.text("text")).build();
                  }
                })
            .foundBy("CITE-10"),
        Mutant.of(
                "calls everything a ticket",
                new ReferenceConnector() {
                  @Override
                  public Document transform(Item ticket, Lookups lookups) {
                    return Document.titled("A ticket")
                        .body(ticket.text("subject"))
                        .body(ticket.text("text"))
                        .build();
                  }
                })
            .foundBy("CITE-10"));
  }

  private static Optional<URI> given(Citation passage) {
    return CitationResolver.given(passage.item(), "url")
        .map(page -> passage.chunk().map(key -> URI.create(page + "#" + key)).orElse(page));
  }

  private static Optional<URI> remark(Citation passage) {
    int number = passage.chunk().map(key -> Integer.parseInt(key.substring(2))).orElse(0);
    return link("", encoded(id(passage)) + "#remark-" + number);
  }

  private static String id(Citation passage) {
    return passage.item().id("id");
  }

  private static Optional<URI> link(String before, String id) {
    return Optional.of(URI.create(SITE + before + id));
  }

  private static Optional<URI> onApi(String id) {
    return CitationResolver.link("https://api.tickets.example/browse/{}", id);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Mutant citing(String name, Function<Citation, Optional<URI>> cite) {
    return Mutant.of(name, citing(cite));
  }

  private static ReferenceConnector citing(Function<Citation, Optional<URI>> cite) {
    return new ReferenceConnector() {
      @Override
      public Optional<URI> cite(Citation passage) {
        return cite.apply(passage);
      }
    };
  }

  private static Mutant bug(String name, Function<Citation, Optional<URI>> cite) {
    return Mutant.of(
        name,
        new BugReference() {
          @Override
          public Optional<URI> cite(Citation passage) {
            return cite.apply(passage);
          }
        },
        BugReference.WIRE);
  }

  /** On an API that has each ticket at its own path. */
  private static final class SummaryMutant extends SummaryReference {
    private final Function<Citation, Optional<URI>> cite;

    private SummaryMutant(Function<Citation, Optional<URI>> cite) {
      this.cite = cite;
    }

    static Mutant citing(String name, Function<Citation, Optional<URI>> cite) {
      return new Mutant(name, SummaryReference.subject(new SummaryMutant(cite)));
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return cite.apply(passage);
    }
  }

  private static final class ToProject extends TrackerReference {
    @Override
    public DocumentStream issues() {
      return new Issues() {
        @Override
        public Optional<URI> cite(Citation passage) {
          return CitationResolver.link(
              "https://tracker.example/{}", passage.item().parent().id("id"));
        }
      };
    }
  }

  private static final class Remembering extends BugReference {
    private final Map<String, Optional<URI>> links = new HashMap<>();

    @Override
    public Optional<URI> cite(Citation passage) {
      return links.computeIfAbsent(
          passage.item().setting(Descriptor.BASE_URL) + " " + passage.ref(),
          key -> super.cite(passage));
    }
  }
}
