package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Source;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.transform.Lookups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that are unique in their container only: two of them never share an identity. */
class NestedIdentityTest {
  private static final Kind SPACE = Kind.of("space");
  private static final Kind PAGE = Kind.of("page");
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void space(String id, String reader) {
    bench.put("/spaces", id, "\"reader\":\"" + reader + "\"");
  }

  private void page(String space, String id, String text) {
    bench.put("/pages/" + space.replace("/", "-"), id, "\"text\":\"" + text + "\"");
  }

  private Map<String, StoredDocument> documents() {
    return bench.store.corpus().documentsAfter(KEY, Optional.empty(), 100).stream()
        .collect(Collectors.toMap(d -> d.ref().id(), d -> d));
  }

  private static String text(StoredDocument document) {
    return document.chunks().get(0).text();
  }

  private void twoThatReadAlike() {
    space("acme", "ann");
    space("acme/hr", "bob");
    page("acme", "hr/salaries", "for ann");
    page("acme/hr", "salaries", "for bob");
  }

  @Test
  void two_records_whose_joined_ids_read_alike_are_two() {
    twoThatReadAlike();
    try (Corpusync engine = bench.engine(new Spaces(), new Pages())) {
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(documents()).containsOnlyKeys("acme/hr/salaries", "acme%2Fhr/salaries");
      assertThat(text(documents().get("acme/hr/salaries"))).isEqualTo("for ann");
      StoredDocument inner = documents().get("acme%2Fhr/salaries");
      assertThat(text(inner)).isEqualTo("for bob");
      assertThat(inner.parent()).contains(SPACE.ref("acme/hr"));
      assertThat(engine.resync(KEY).counts())
          .extracting("stored", "deleted", "events")
          .containsExactly(0L, 0L, 0L);
    }
  }

  @Test
  void a_record_is_fetched_and_deleted_by_its_identity_in_its_own_container() {
    twoThatReadAlike();
    bench.put("/one/acme-hr/salaries", "x", "");
    try (Corpusync engine = bench.engine(new Spaces(), new Pages())) {
      engine.sync(KEY);
      bench.paths.remove("/one/acme-hr/salaries");
      Run gone = engine.refresh(KEY, List.of(PAGE.ref("acme%2Fhr/salaries")));
      assertThat(gone.counts().deleted()).as(gone.message()).isEqualTo(1);
      assertThat(documents()).containsOnlyKeys("acme/hr/salaries");
    }
  }

  @Test
  void what_an_earlier_version_stored_is_told_as_deleted_and_created() {
    twoThatReadAlike();
    page("acme/hr", "holidays", "for bob");
    try (Corpusync engine = bench.engine(new Spaces(), new Pages())) {
      engine.sync(KEY);
      older();
      Bench.changes(engine);
      Run next = engine.sync(KEY);
      assertThat(next.state()).as(next.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(documents())
          .containsOnlyKeys("acme/hr/salaries", "acme%2Fhr/salaries", "acme%2Fhr/holidays");
      assertThat(text(documents().get("acme%2Fhr/salaries"))).isEqualTo("for bob");
      assertThat(engine.failures(KEY, 9)).isEmpty();
      assertThat(
              Bench.changes(engine).stream()
                  .filter(Change.Deleted.class::isInstance)
                  .map(change -> ((Change.Deleted) change).ref().id()))
          .containsExactly("acme/hr/holidays");
      assertThat(engine.resync(KEY).counts())
          .extracting("stored", "deleted")
          .containsExactly(0L, 0L);
    }
  }

  @Test
  void what_an_earlier_version_stored_is_also_removed_by_a_refresh() {
    twoThatReadAlike();
    try (Corpusync engine = bench.engine(new Spaces(), new Pages())) {
      engine.sync(KEY);
      older();
      engine.refresh(KEY, List.of(PAGE.ref("acme/hr/holidays")));
      assertThat(documents()).doesNotContainKey("acme/hr/holidays");
      engine.sync(KEY);
      assertThat(documents()).containsOnlyKeys("acme/hr/salaries", "acme%2Fhr/salaries");
    }
  }

  /** The scope acme/hr as an earlier version left it: joined ids, a watermark, a failed item. */
  private void older() {
    Instant now = bench.time.now();
    Fence fence = bench.store.leases().tryAcquire(KEY, now, now.plusSeconds(9)).orElseThrow();
    Ref hr = SPACE.ref("acme/hr");
    Scope scope = Scope.of(PAGE, hr);
    Commit.Builder work = Commit.under(fence, "older").delete(PAGE.ref("acme%2Fhr/salaries"));
    work.delete(PAGE.ref("acme%2Fhr/holidays"));
    work.item(
        ItemWrite.of(
                Artifact.of(
                    PAGE.ref("acme/hr/holidays"),
                    Optional.of(hr),
                    Revision.content(),
                    Payload.of("{\"id\":\"holidays\"}".getBytes(StandardCharsets.UTF_8)),
                    Parts.none(),
                    Visibility.declared("a test"),
                    Access.inherited()))
            .withDerived(
                Optional.of(new Derived(Document.titled("old").build(), 1, Set.of(), Set.of())))
            .withEvent(Optional.of(ItemWrite.Event.of(Set.of(Aspect.CREATED)))));
    work.checkpoint(Checkpoint.builder(scope).watermark(now).completed(true).build());
    work.failed(FailedItem.identified(scope, "acme/hr/odd", "older", now));
    bench.store.commit(work.build());
    bench.store.leases().release(fence);
  }

  private static final class Spaces implements ContainerStream {
    @Override
    public Kind kind() {
      return SPACE;
    }

    @Override
    public Source source() {
      return Source.listing(Tickets.listing("/spaces")).relisted();
    }

    @Override
    public String id(Item space) {
      return space.id("id");
    }

    @Override
    public Visibility visibility(Item space) {
      return Visibility.declared("a test");
    }

    @Override
    public Access access(Item space) {
      return Access.known(List.of(Principal.user(space.text("reader"))));
    }
  }

  private static final class Pages implements PlainStream, Nested, FetchedByIds {
    private static String path(Item space) {
      return space.id("id").replace("/", "-");
    }

    @Override
    public Kind kind() {
      return PAGE;
    }

    @Override
    public Kind parent() {
      return SPACE;
    }

    @Override
    public Ids ids() {
      return Ids.UNDER_PARENT;
    }

    @Override
    public Source source() {
      return Source.listing(
              dev.corpusync.extract.Listing.of(
                  at -> Call.get("/pages/{}", path(at.parent())),
                  "data",
                  dev.corpusync.extract.Paging.cursor("cursor", "next")))
          .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
    }

    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/one/{}/{}", path(at.parent()), id));
    }

    @Override
    public Access access(Item page) {
      return Access.inherited();
    }

    @Override
    public Document transform(Item page, Lookups lookups) {
      return Document.titled("T").body(page.findText("text")).build();
    }
  }
}
