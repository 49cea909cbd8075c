package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.HasParts;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A sub-resource is read whole or unknown, and its owner's faults are its own (P5, P10). */
class PartTest {
  private static final Source SOURCE =
      Source.listing(Listing.of(at -> Call.get("/things"), "", Paging.single())).relisted();

  private static class WithNotes extends Things implements HasParts {
    WithNotes() {
      super(SOURCE);
    }

    @Override
    public List<PartListing> parts() {
      Listing notes =
          Listing.of(
                  at -> Call.get("/things/{}/notes", at.item().id("id")),
                  "notes",
                  Paging.cursor("cursor", "next"))
              .onlyWhen(at -> at.item().number("notes") > 0);
      return List.of(PartListing.of(Part.named("notes"), Touches.RECORD, notes));
    }
  }

  @Test
  void a_record_without_what_its_part_reads_from_it_fails_alone() {
    String things =
        "[{'id':'a','title':'A','notes':0},{'id':'b','title':'B'},{'id':'..','title':'C','notes':1}]";
    try (SourceRig rig =
        new SourceRig(new WithNotes(), Map.of())
            .serving(r -> Optional.of(PagingForm.json(things)))) {
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(run.counts().failed()).isEqualTo(2);
      assertThat(rig.stored()).containsExactly("a");
    }
  }

  @Test
  void a_verdict_that_asks_for_a_part_is_none_and_the_record_is_not_stored() {
    WithNotes asking =
        new WithNotes() {
          @Override
          public Visibility visibility(Item thing) {
            return thing.part(Part.named("notes")).isEmpty()
                ? Visibility.declared("nobody has noted that it is private")
                : Visibility.hidden("it has notes");
          }
        };
    try (SourceRig rig =
        new SourceRig(asking, Map.of())
            .serving(r -> Optional.of(PagingForm.json("[{'id':'a','title':'A','notes':0}]")))) {
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(run.counts().failed()).isEqualTo(1);
      assertThat(rig.stored()).isEmpty();
    }
  }

  @Test
  void a_part_that_leads_in_a_circle_is_unknown_and_its_owner_is_stored() {
    for (String next : List.of("'c1'", "''")) {
      try (SourceRig rig = new SourceRig(new WithNotes(), Map.of())) {
        rig.serving(
            request ->
                Optional.of(
                    PagingForm.json(
                        request.path().endsWith("notes")
                            ? "{'notes':[],'next':" + next + "}"
                            : "[{'id':'a','title':'A','notes':1}]")));
        Run run = rig.sync();

        assertThat(run.state()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.message()).contains("part 'notes'", "leads back");
        assertThat(rig.stored()).containsExactly("a");
        assertThat(rig.server.count()).isLessThan(5);
      }
    }
  }

  @Test
  void a_part_that_fails_for_a_while_fails_its_owner_alone() {
    try (SourceRig rig = new SourceRig(new WithNotes(), Map.of())) {
      rig.serving(
          request ->
              Optional.of(
                  request.path().endsWith("notes")
                      ? FakeReply.status(500)
                      : PagingForm.json("[{'id':'a','title':'A','notes':1}]")));

      assertThat(rig.sync().state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(rig.stored()).isEmpty();
      assertThat(rig.failures()).containsExactly("a");
    }
  }

  /** Fans of a thing: asked for conditionally, two a page. */
  private static final class WithFans extends Things implements HasParts {
    WithFans() {
      this(Source.listing(Listing.of(at -> Call.get("/things"), "", Paging.single())).relisted());
    }

    WithFans(Source source) {
      super(source);
    }

    @Override
    public List<PartListing> parts() {
      Listing fans =
          Listing.of(
              at -> Call.get("/things/{}/fans", at.item().id("id")).query("limit", 2).conditional(),
              "",
              Paging.link());
      return List.of(PartListing.of(Part.named("fans"), Touches.NOTHING, fans));
    }
  }

  /** A delta names it because something has changed, though the record is as it was. */
  @Test
  void what_a_delta_names_has_its_parts_read_again() {
    Source delta =
        Source.delta(
            Delta.of(at -> Call.get("/delta"), "value", "next", "delta", json -> false)
                .expiredOn(410));
    try (SourceRig rig = new SourceRig(new WithFans(delta), Map.of())) {
      for (int fans : new int[] {2, 1, 0, 2}) {
        rig.serving(
            request ->
                Optional.of(
                    request.path().endsWith("fans")
                        ? fans(request, fans)
                        : PagingForm.json(
                            "{'value':[{'id':'a','title':'A'}],'delta':'/delta?token=1'}")));
        assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(rig.parts("a", "fans")).as("%s fans", fans).isEqualTo(fans);
      }
    }
  }

  /** The tag of an earlier answer says nothing of what was stored since. */
  @Test
  void an_answer_without_a_tag_ends_the_condition_of_the_one_before() {
    try (SourceRig rig = new SourceRig(new WithFans(), Map.of())) {
      for (int fans : new int[] {1, 0, 1}) {
        rig.serving(
            request -> {
              if (!request.path().endsWith("fans")) {
                return Optional.of(PagingForm.json("[{'id':'a','title':'A'}]"));
              }
              if (fans == 0) {
                return Optional.of(PagingForm.json("[]"));
              }
              return Optional.of(
                  request.header("if-none-match").isPresent()
                      ? FakeReply.status(304)
                      : PagingForm.json("[{'id':1}]").header("ETag", "\"one\""));
            });
        assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(rig.parts("a", "fans")).as("%s fans", fans).isEqualTo(fans);
      }
    }
  }

  /** The first page's tag says nothing of a second page that was not there before. */
  @Test
  void not_modified_never_hides_a_second_page() {
    try (SourceRig rig = new SourceRig(new WithFans(), Map.of())) {
      for (int fans : new int[] {1, 2, 3}) {
        rig.serving(request -> Optional.of(fans(request, fans)));
        rig.sync();
        rig.resync();
        assertThat(rig.parts("a", "fans")).as("%s fans", fans).isEqualTo(fans);
      }
    }
  }

  private static FakeReply fans(FakeRequest request, int fans) {
    if (!request.path().endsWith("fans")) {
      return PagingForm.json("[{'id':'a','title':'A'}]");
    }
    int page = request.query("page").map(Integer::parseInt).orElse(1);
    int from = page * 2 - 2;
    int to = Math.min(fans, from + 2);
    String tag = "\"" + page + "-" + (to - from) + "\"";
    if (request.header("if-none-match").filter(tag::equals).isPresent()) {
      return FakeReply.status(304);
    }
    String body =
        IntStream.range(from, to).mapToObj(i -> "{'n':" + i + "}").collect(Collectors.joining(","));
    FakeReply reply = PagingForm.json("[" + body + "]").header("ETag", tag);
    return to < fans
        ? reply.header("Link", "</things/a/fans?limit=2&page=2>; rel=\"next\"")
        : reply;
  }

  @Test
  void what_drifts_from_page_to_page_is_there_once() {
    Map<String, String> pages =
        Map.of(
            "", "{'notes':[{'n':1},{'n':1},{'n':2}],'next':'2'}",
            "2", "{'notes':[{'n':2},{'n':3}],'next':'3'}",
            "3", "{'notes':[{'n':1},{'n':4}],'next':null}");
    try (SourceRig rig =
        new SourceRig(new WithNotes(), Map.of())
            .serving(
                request ->
                    Optional.of(
                        PagingForm.json(
                            request.path().equals("/things")
                                ? "[{'id':'a','title':'A','notes':5}]"
                                : pages.get(request.query("cursor").orElse("")))))) {
      assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.parts("a", "notes")).as("two that one page has are two").isEqualTo(5);
    }
  }
}
