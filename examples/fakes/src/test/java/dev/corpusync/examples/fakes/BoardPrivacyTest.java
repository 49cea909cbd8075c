package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Explanation;
import dev.corpusync.examples.tracker.Tracker;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boards that become private, and a GraphQL API that answers everything with 200. */
class BoardPrivacyTest {
  private final World world = new World(5, TrackerContract.WIRE.types(), 9);
  private final FakeApi site = TrackerContract.WIRE.serve(world, new Quirks(2), Rig.SECRET);
  private Optional<String> said = Optional.empty();
  private int times = Integer.MAX_VALUE;
  @TempDir Path folder;

  private Rig rig() {
    Rig rig =
        new Rig(
            new Tracker(),
            new FakeApi() {
              @Override
              public Optional<FakeReply> answer(FakeRequest request) {
                return site.answer(request).map(reply -> saying(request, reply));
              }

              @Override
              public FakeRequest seen(FakeRequest request) {
                return site.seen(request);
              }
            },
            url -> Map.of("base_url", url.toString()),
            folder);
    rig.time.advance(Duration.between(rig.time.now(), world.clock()));
    return rig;
  }

  /** The answer to a query for items, with errors beside its data. */
  private FakeReply saying(FakeRequest request, FakeReply reply) {
    if (said.isEmpty() || !request.path().contains("Items") || times-- <= 0) {
      return reply;
    }
    String data = new String(reply.body(), StandardCharsets.UTF_8);
    return FakeReply.json(
        "{\"errors\":[" + said.get() + "]," + data.substring(data.indexOf('{') + 1));
  }

  private Thing openBoard() {
    return world.visible("item").stream()
        .map(Thing::parent)
        .filter(board -> !board.isRestricted())
        .findFirst()
        .orElseThrow();
  }

  private static Set<Principal> readers(Rig rig, Thing item) {
    return Optional.ofNullable(rig.documents().get(ref(item)))
        .map(StoredDocument::readers)
        .orElseThrow();
  }

  private static Ref ref(Thing item) {
    return Kind.of("item").ref(item.parent().id() + "/" + item.id());
  }

  private Set<Ref> visible() {
    return world.visible("item").stream().map(BoardPrivacyTest::ref).collect(Collectors.toSet());
  }

  @Test
  void a_board_that_becomes_private_hides_its_items_from_others() {
    try (Rig rig = rig()) {
      succeeded(rig.sync());
      Thing board = openBoard();
      List<Thing> items =
          world.visible("item").stream().filter(i -> i.parent().equals(board)).toList();
      assertThat(items).allSatisfy(item -> assertEveryone(rig, item));

      world.restrict(board);
      succeeded(rig.sync());

      Set<Principal> subscribers =
          board.readers().stream().map(p -> Principal.email(p.email())).collect(Collectors.toSet());
      assertThat(subscribers).isNotEmpty();
      assertThat(items)
          .isNotEmpty()
          .allSatisfy(item -> assertThat(readers(rig, item)).isEqualTo(subscribers));

      world.open(board);
      succeeded(rig.sync());
      assertThat(items).allSatisfy(item -> assertEveryone(rig, item));
    }
  }

  private static void assertEveryone(Rig rig, Thing item) {
    assertThat(readers(rig, item)).containsExactly(Principal.organisation());
  }

  @Test
  void only_the_items_in_the_log_are_read_by_their_ids() {
    try (Rig rig = rig()) {
      succeeded(rig.sync());
      world.pass(Duration.ofHours(2));
      Thing edited = world.edit();
      Thing removed =
          world.visible("item").stream().filter(i -> !i.equals(edited)).findFirst().orElseThrow();
      Ref gone = ref(removed);
      world.remove(removed);
      int before = rig.server.count();
      Run run = rig.sync();

      succeeded(run);
      assertThat(rig.refs()).isEqualTo(visible()).doesNotContain(gone);
      assertThat(run.counts().stored()).isEqualTo(1);
      List<String> asked =
          rig.server.exchanges().stream().skip(before).map(Exchange::path).toList();
      assertThat(asked).anyMatch(path -> path.startsWith("/v2/SomeItems/"));
      assertThat(asked).noneMatch(path -> path.startsWith("/v2/Items/"));
    }
  }

  @Test
  void an_item_that_moves_leaves_one_board_and_enters_another() {
    try (Rig rig = rig()) {
      succeeded(rig.sync());
      for (boolean back : new boolean[] {false, true}) {
        world.pass(Duration.ofHours(2));
        Thing item = world.visible("item").get(0);
        Thing elsewhere =
            world.visible("board").stream()
                .filter(board -> !board.equals(item.parent()))
                .findFirst()
                .orElseThrow();
        Ref before = ref(item);
        world.move(item, elsewhere);
        succeeded(rig.sync());

        assertThat(rig.refs()).as("moved, back %s", back).isEqualTo(visible());
        assertThat(rig.refs()).doesNotContain(before);
      }
    }
  }

  @Test
  void a_watermark_older_than_the_log_causes_a_full_sync_of_the_board() {
    try (Rig rig = rig()) {
      succeeded(rig.sync());
      world.edit();
      world.pass(Duration.ofDays(8));
      rig.time.advance(Duration.ofDays(8));
      Run run = rig.sync();

      assertThat(run.message()).contains("full resync");
      assertThat(rig.refs()).isEqualTo(visible());
    }
  }

  @Test
  void partial_data_with_an_error_is_an_error() {
    try (Rig rig = rig()) {
      succeeded(rig.sync());
      Set<Ref> all = rig.refs();
      world.edit();
      world.remove();
      said = Optional.of("{\"message\":\"canary\",\"extensions\":{\"code\":\"SOME_NEW_ERROR\"}}");
      for (Run run : List.of(rig.sync(), rig.resync())) {
        assertThat(run.state()).isNotEqualTo(Run.State.SUCCEEDED);
        assertThat(rig.reasons(run)).contains("SOME_NEW_ERROR").doesNotContain("canary");
        assertThat(rig.refs()).isEqualTo(all);
      }

      said = Optional.empty();
      succeeded(rig.resync());
      succeeded(rig.resync());
      assertThat(rig.refs()).isEqualTo(visible());
    }
  }

  @Test
  void a_rate_limit_is_waited_for_as_long_as_the_body_says() {
    said =
        Optional.of(
            "{\"message\":\"Complexity budget exhausted\",\"extensions\":"
                + "{\"code\":\"COMPLEXITY_BUDGET_EXHAUSTED\",\"retry_in_seconds\":23}}");
    try (Rig rig = rig()) {
      times = 2;
      succeeded(rig.sync());

      Duration wait = Duration.ofSeconds(23);
      assertThat(rig.time.sleeps()).containsExactly(wait, wait);
      assertThat(rig.refs()).isEqualTo(visible());
    }
  }

  @Test
  void a_board_is_readable_by_its_subscribers_unless_it_and_its_workspace_are_open() {
    String everyone = "[organisation:]";
    String named = "[email:ada@acme.example, group:team-7]";
    assertThat(access("public", "{\"kind\":\"open\"}")).isEqualTo(everyone);
    assertThat(access("public", "null")).as("the main workspace").isEqualTo(everyone);
    assertThat(access("public", "{\"kind\":\"closed\"}")).isEqualTo(named);
    assertThat(access("public", "{\"kind\":\"of a new sort\"}")).isEqualTo(named);
    assertThat(access("public", "{}")).isEqualTo(named);
    for (String kind : List.of("private", "share")) {
      assertThat(access(kind, "{\"kind\":\"open\"}")).as(kind).isEqualTo(named);
    }
    assertThat(explained("of a new sort", "null").visibility().isVisible()).isFalse();
  }

  private static String access(String kind, String workspace) {
    return explained(kind, workspace).access().readers().toString();
  }

  private static Explanation explained(String kind, String workspace) {
    return Explanation.of(
        new Tracker(),
        Kind.of("board"),
        """
        {"id":"7","name":"Plans","state":"active","type":"board","board_kind":"%s","workspace":%s,
         "owners":[{"email":"ada@acme.example"}],"subscribers":[{"email":"ada@acme.example"}],
         "team_owners":[],"team_subscribers":[{"id":"team-7"}]}\
        """
            .formatted(kind, workspace),
        Explanation.Given.nothing());
  }

  private static void succeeded(Run run) {
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
  }
}
