package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.probe.WebFront;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** CITE: every answer leads back to where it was written. */
public abstract class CitationChecks extends Area {
  public CitationChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CITE-01",
      rule = "Every document has a link that a browser opens",
      does = "Every document must have a link: http or https, with a host.",
      why = "An answer without a way back cannot be checked.",
      whenItFails =
          "`CitationResolver.given` for an address in the record, `link` for a template. What is "
              + "no address of a page is not handed on.")
  public final void every_document_has_a_link() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      Map<Ref, Optional<URI>> links = links(trial);
      assertThat(links).as("documents").isNotEmpty();
      links.forEach((ref, link) -> assertThat(link).as("the link of %s", ref).isPresent());
    }
  }

  @Check(
      id = "CITE-02",
      rule = "A link leads people to the item itself, not programs to the API",
      does = "Every link must lead to its thing, and not to a path of the API.",
      why = "JSON in a browser is no source to cite, and neither is the list that the thing is in.",
      whenItFails = "Take the address that people use, not `url` or `self`.")
  public final void a_link_leads_to_the_thing() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      lead(trial, "at first");
      links(trial)
          .forEach(
              (ref, link) ->
                  link.filter(l -> trial.url().getAuthority().equals(l.getAuthority()))
                      .ifPresent(
                          l ->
                              assertThat(trial.site().isApi(l.getPath()))
                                  .as("whether %s, the link of %s, is for programs", l, ref)
                                  .isFalse()));
    }
  }

  @Check(
      id = "CITE-08",
      rule = "Every passage has a link that leads to its item, also one that no longer exists",
      does =
          "Every passage of every document, and one that is no more, must have a link that leads "
              + "to the document's thing, or to the page of the comment that the passage is.",
      why = "A passage can be gone by the time that a reader opens it.",
      whenItFails = "Answer with the document's link for a key that you do not know.")
  public final void every_passage_leads_to_its_thing() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      Map<String, WebFront> fronts = fronts(trial);
      Map<Ref, Thing> things = things(trial);
      long passages =
          trial.process(
              engine -> {
                long seen = 0;
                for (StoredDocument document : trial.index().documents().values()) {
                  Ref ref = document.ref();
                  Optional<URI> whole = engine.link(Trial.KEY, ref, Optional.empty());
                  for (Map.Entry<String, String> passage : passages(document).entrySet()) {
                    String key = passage.getKey();
                    Optional<URI> link = engine.link(Trial.KEY, ref, Optional.of(key));
                    assertThat(link.isPresent())
                        .as("whether passage '%s' of %s has a link, as %s has", key, ref, whole)
                        .isEqualTo(whole.isPresent());
                    link.filter(l -> !front(fronts, ref).isPageOf(l, passage.getValue()))
                        .ifPresent(
                            l ->
                                assertThat(front(fronts, ref).at(l))
                                    .as("what %s leads to, the link of '%s' of %s", l, key, ref)
                                    .containsExactly(things.get(ref)));
                    seen++;
                  }
                }
                return seen;
              });
      int documents = trial.index().documents().size();
      assertThat(passages)
          .as("passages: each document has one, but where there are titles only")
          .isGreaterThanOrEqualTo(hasTexts() ? documents + 1 : documents);
    }
  }

  private boolean hasTexts() {
    return subject().documentStreams().stream()
        .anyMatch(stream -> subject().wire().surface().showsText(stream.kind().name()));
  }

  /** The text of each of its passages by their keys, and one that was there when it was found. */
  private static Map<String, String> passages(StoredDocument document) {
    Map<String, String> passages = new TreeMap<>(Map.of("gone", ""));
    document.chunks().forEach(chunk -> passages.put(chunk.key(), chunk.text()));
    return passages;
  }

  @Check(
      id = "CITE-09",
      rule = "The link of what was renamed or moved leads to it",
      does =
          "Two things are renamed, and one is moved to another container. Their links must lead to "
              + "them.",
      why = "Slugs change with titles.",
      whenItFails = "Make links of the record each time; remember none.",
      level = Check.Level.SHOULD)
  public final void links_follow_what_is_renamed_or_moved() {
    try (Trial trial = trial()) {
      whole(trial, "at first");
      lead(trial, "at first");
      List<Thing> things = trial.world().readable();
      trial.world().rename(things.get(0), "Quite another title, no. 1");
      trial.world().rename(things.get(2), "Quite another title, no. 2");
      whole(trial, "after two things were renamed");
      lead(trial, "after two things were renamed");
      Thing moving = things.get(4);
      if (moving.findParent().isPresent()) {
        Thing elsewhere =
            trial.world().visible(moving.parent().kind()).stream()
                .filter(c -> !c.equals(moving.parent()))
                .findFirst()
                .orElseThrow();
        trial.world().move(moving, elsewhere);
        succeeded(trial.resync(), "after a thing was moved");
        succeeded(trial.resync(), "after a thing was moved, again");
        lead(trial, "after a thing was moved");
      }
    }
  }

  /** Each document's link leads to exactly its thing. */
  private void lead(Trial trial, String when) {
    Map<String, WebFront> fronts = fronts(trial);
    Map<Ref, Thing> things = things(trial);
    Map<Ref, Optional<URI>> links = links(trial);
    assertThat(links.values().stream().filter(Optional::isPresent)).as("links").isNotEmpty();
    links.forEach(
        (ref, link) ->
            link.ifPresent(
                l ->
                    assertThat(front(fronts, ref).at(l))
                        .as("what %s leads to, the link of %s %s", l, ref, when)
                        .containsExactly(things.get(ref))));
  }

  private static WebFront front(Map<String, WebFront> fronts, Ref ref) {
    return Optional.ofNullable(fronts.get(ref.kind().name())).orElseThrow();
  }

  private Map<String, WebFront> fronts(Trial trial) {
    Map<String, WebFront> fronts = new HashMap<>();
    for (Kind kind : subject().documentStreams().stream().map(DocumentStream::kind).toList()) {
      fronts.put(kind.name(), new WebFront(subject(), trial.world(), kind.name()));
    }
    return fronts;
  }

  private Map<Ref, Thing> things(Trial trial) {
    Map<Ref, Thing> things = new HashMap<>();
    for (DocumentStream stream : subject().documentStreams()) {
      trial
          .world()
          .visible(stream.kind().name())
          .forEach(t -> things.put(subject().ref(stream, t), t));
    }
    return things;
  }

  private static Map<Ref, Optional<URI>> links(Trial trial) {
    Map<Ref, Optional<URI>> links = new TreeMap<>();
    trial.process(
        engine -> {
          for (Ref ref : trial.index().documents().keySet()) {
            links.put(ref, engine.link(Trial.KEY, ref, Optional.empty()));
          }
          return links.size();
        });
    return links;
  }
}
