package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.Setting;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.testkit.probe.FieldPaths;
import dev.corpusync.testkit.probe.StreamProbe;
import dev.corpusync.testkit.probe.WebFront;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CITE: a link is right whatever the record holds, and wherever the source is. */
public abstract class LinkChecks extends Area {
  private static final List<String> ODD_NAMES =
      List.of("a b", "50%", "a%20b", "c#sharp", "why?", "a/b", "a+b", "a&b=c", "ü", "😀", "'\"<>");

  public LinkChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CITE-03",
      rule = "What stands in a link is encoded once",
      does =
          "Places of a record that links are made of (found out by changing them) hold blanks, "
              + "`%`, `#`, `?`, `/`, `+`, umlauts, emoji. Decoded once, the link must have "
              + "exactly that in it; an address in the record must come through as it is.",
      why = "`%2520` leads nowhere, and a `#` in a name cuts the link off.",
      whenItFails = "Hand values to `link` as they are; encode nothing yourself.")
  public final void what_stands_in_a_link_is_encoded_once() {
    int seen = 0;
    for (StreamProbe asked : StreamProbe.all(subject())) {
      Thing thing = asked.first();
      ObjectNode plain = asked.record(thing);
      for (JsonPointer at : FieldPaths.where(plain, v -> v.isString() || v.isIntegralNumber())) {
        Optional<URI> link = asked.link(thing, put(plain, at, "aaa"));
        Optional<URI> other = asked.link(thing, put(plain, at, "bbb"));
        if (link.isPresent() && other.isPresent() && !link.equals(other)) {
          encodesOnce(asked, thing, at);
          seen++;
        }
        URI address = URI.create(thing.url() + "/a%20b%C3%BC%2Fc?q=50%25");
        if (plain.at(at).asString().equals(thing.url())
            && asked.link(thing, plain).isPresent()
            && !asked
                .link(thing, put(plain, at, address.toString()))
                .equals(asked.link(thing, plain))) {
          assertThat(asked.link(thing, put(plain, at, address.toString())))
              .as("the link of a record with this address at %s", at)
              .hasValue(address);
          seen++;
        }
      }
    }
    assertThat(seen).as("places of records that links are made of").isPositive();
  }

  private static void encodesOnce(StreamProbe asked, Thing thing, JsonPointer at) {
    for (String name : ODD_NAMES) {
      Optional<URI> link;
      try {
        link = asked.link(thing, put(asked.record(thing), at, name));
      } catch (RuntimeException e) {
        throw new AssertionError(
            "cite fails for a record with '" + name + "' at " + at + ": " + e, e);
      }
      link.ifPresent(
          l ->
              assertThat(WebFront.words(l))
                  .as("what stands in %s, the link of a record with '%s' at %s", l, name, at)
                  .contains(name));
    }
  }

  @Check(
      id = "CITE-04",
      rule = "Where a record lacks something, its link leads to it all the same, or there is none",
      does =
          "Each place of a record is null, absent, empty and blank, where it is stored all the "
              + "same. Its link must lead to it, or there must be none; `cite` must not fail.",
      why = "`/null` is a link to somewhere else (W35).",
      whenItFails = "Fall back to the id, or answer empty.")
  public final void a_link_leads_to_the_thing_or_there_is_none() {
    int seen = 0;
    for (StreamProbe asked : StreamProbe.all(subject())) {
      Thing thing = asked.first();
      ObjectNode plain = asked.record(thing);
      WebFront front = new WebFront(subject(), asked.world(), thing.kind());
      // A connector that needs every field has no other record to cite.
      leadsOrNot(asked, front, plain, JsonPointer.empty());
      seen++;
      for (JsonPointer at : FieldPaths.all(plain)) {
        for (ObjectNode lacking :
            List.of(
                put(plain, at, null),
                FieldPaths.without(plain, at),
                put(plain, at, ""),
                put(plain, at, "  "))) {
          if (asked.stored(thing, lacking).isPresent()
              && asked.id(thing, lacking).equals(thing.id())) {
            leadsOrNot(asked, front, lacking, at);
            seen++;
          }
        }
      }
    }
    assertThat(seen).as("records whose links were asked for").isPositive();
  }

  private static void leadsOrNot(
      StreamProbe asked, WebFront front, ObjectNode lacking, JsonPointer at) {
    Optional<URI> link;
    try {
      link = asked.link(asked.first(), lacking);
    } catch (RuntimeException e) {
      throw new AssertionError("cite fails for a record without " + at + ": " + e, e);
    }
    link.ifPresent(
        l ->
            assertThat(front.at(l))
                .as("what %s leads to, the link of a record without %s", l, at)
                .containsExactly(asked.first()));
  }

  @Check(
      id = "CITE-06",
      rule = "A link is on the site of the connection",
      does =
          "The API is at other addresses, with a path, with and without a slash at the end. A link "
              + "that follows the address must follow it everywhere, without `//`; none may be on "
              + "the API's usual site.",
      why = "Companies that host a source themselves get links into the cloud otherwise.",
      whenItFails =
          "Where pages for people are at the address of the API, begin their links with "
              + "`item.setting(Descriptor.BASE_URL)`, which has no slash at its end.")
  public final void a_link_is_on_the_site_of_the_connection() {
    Map<Kind, String> onA = links("https://a.example");
    assertThat(onA).as("links").isNotEmpty();
    for (String base : List.of("https://a.example", "https://b.example/some/place")) {
      Map<Kind, String> links = links(base);
      assertThat(links(base + "/"))
          .as("links with the API at %s, and with a slash after that", base)
          .isEqualTo(links);
      links.forEach(
          (kind, link) -> {
            if (onA.getOrDefault(kind, "").startsWith("https://a.example/")) {
              assertThat(link).as("a link with the API at %s", base).startsWith(site(base));
            }
          });
    }
  }

  private static String site(String base) {
    return "https://" + URI.create(base).getAuthority() + "/";
  }

  /** The link of one thing of each kind, with the API at an address. */
  private Map<Kind, String> links(String base) {
    Optional<String> usual =
        subject().connector().descriptor().settings().stream()
            .filter(s -> s.name().equals("base_url"))
            .findFirst()
            .flatMap(Setting::fallback);
    Map<Kind, String> links = new TreeMap<>();
    for (StreamProbe asked : StreamProbe.at(subject(), base)) {
      asked
          .link(asked.first(), asked.record(asked.first()))
          .ifPresent(
              link -> {
                usual.ifPresent(
                    elsewhere ->
                        assertThat(site(link.toString()))
                            .as(
                                "the site of the link %s, which is that of the API's usual address;"
                                    + " the connection's API is at %s",
                                link, base)
                            .isNotEqualTo(site(elsewhere)));
                assertThat(link.getPath()).as("the path of %s", link).doesNotContain("//");
                links.put(asked.stream().kind(), link.toString());
              });
    }
    return links;
  }

  @Check(
      id = "CITE-10",
      rule = "A title is the item's own, never empty and never its bare id",
      does =
          "A title must have the thing's own in it. Without one (null, absent, blank, only "
              + "zero-width letters) the record fails, or its title is at least not its id.",
      why = "Nobody chooses among hits that are called T-4711.",
      whenItFails = "Leave the title to `Document.titled`, which refuses what cannot be seen.",
      level = Check.Level.SHOULD)
  public final void a_title_says_something() {
    for (StreamProbe asked : StreamProbe.all(subject())) {
      Thing thing = asked.first();
      ObjectNode plain = asked.record(thing);
      assertThat(asked.document(thing, plain).title())
          .as("the title of %s", thing)
          .contains(thing.title());
      for (JsonPointer at : FieldPaths.where(plain, v -> v.asString("").equals(thing.title()))) {
        for (ObjectNode untitled :
            List.of(
                put(plain, at, ""),
                put(plain, at, " \u00a0\u200b"),
                put(plain, at, null),
                FieldPaths.without(plain, at))) {
          asked
              .stored(thing, untitled)
              .map(Document::title)
              .ifPresent(
                  title ->
                      assertThat(title.replaceAll("[\\s\\p{Z}\\p{C}]", ""))
                          .as("the title, %s, of a record without one at %s", title, at)
                          .isNotEmpty()
                          .isNotIn(thing.id(), thing.name(), "null", "undefined"));
        }
      }
    }
  }

  private static ObjectNode put(ObjectNode json, JsonPointer at, @Nullable Object value) {
    JsonNode node = JsonTree.object("value", value).get("value");
    return FieldPaths.with(json, at, node);
  }
}
