package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Realm;
import dev.corpusync.examples.crm.Crm;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renamed labels, unreadable notes, and empty lists. */
class FakeCrmTest {
  @TempDir Path folder;
  private World world = new World(11, CrmContract.WIRE.types(), 6);
  private String hot = "Hot";

  private Rig rig() {
    FakeApi site = CrmContract.WIRE.serve(world, new Quirks(3), Rig.SECRET);
    FakeApi crm = request -> request.path().equals("/dealFields") ? fields() : site.answer(request);
    return new Rig(
        new Crm(), crm, url -> Map.of("base_url", url.toString(), "company", "acme"), folder);
  }

  private Optional<FakeReply> fields() {
    return Optional.of(
        FakeReply.json(
            JsonTree.object(
                    "data",
                    List.of(CrmContract.labels(hot), CrmContract.description()),
                    "additional_data",
                    JsonTree.object(
                        "pagination", JsonTree.object("more_items_in_collection", false)))
                .toString()));
  }

  private static StoredDocument document(Rig rig, Thing deal) {
    return Optional.ofNullable(rig.documents().get(Kind.of("deal").ref(deal.id())))
        .orElseThrow(() -> new AssertionError(deal + " is not stored"));
  }

  @Test
  void a_renamed_label_reaches_deals_that_did_not_change() {
    try (Rig rig = rig()) {
      rig.sync();
      Thing deal = world.visible("deal").get(0);
      assertThat(labels(rig, deal)).isEqualTo(List.of("Hot", "Cold"));

      hot = "On fire";
      Run run = rig.sync();

      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      for (Thing each : world.visible("deal")) {
        assertThat(labels(rig, each)).as("%s", each).isEqualTo(List.of("On fire", "Cold"));
      }
    }
  }

  private static Object labels(Rig rig, Thing deal) {
    return Optional.ofNullable(document(rig, deal).fields().get("labels")).orElse(List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500})
  void notes_that_cannot_be_read_stay_as_they_were(int status) {
    try (Rig rig = rig()) {
      rig.sync();
      Thing deal =
          world.visible("deal").stream()
              .filter(d -> d.comments().size() > 3)
              .findFirst()
              .orElseThrow();
      List<String> before = notes(rig, deal);
      assertThat(before).hasSize(deal.comments().size());

      world.comment(deal);
      rig.server.faulting(
          request ->
              request.path().equals("/notes") && request.query("start").isPresent()
                  ? Optional.of(Fault.status(status))
                  : Optional.empty());
      Run run = rig.sync();

      assertThat(notes(rig, deal)).as("after %s: %s", status, run.message()).isEqualTo(before);

      rig.server.heal();
      rig.sync();
      assertThat(notes(rig, deal)).hasSize(before.size() + 1).containsAll(before);
    }
  }

  private static List<String> notes(Rig rig, Thing deal) {
    return document(rig, deal).chunks().stream()
        .filter(chunk -> chunk.key().startsWith("note-"))
        .map(chunk -> chunk.key() + " " + chunk.text())
        .toList();
  }

  @Test
  void an_account_without_deals_is_empty_and_not_an_error() {
    world = World.empty(11, CrmContract.WIRE.types());
    try (Rig rig = rig()) {
      Run run = rig.sync();

      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.refs()).isEmpty();
    }
  }

  @Test
  void an_error_with_200_and_null_deletes_nothing() {
    try (Rig rig = rig()) {
      rig.sync();
      int before = rig.refs().size();
      rig.server.faulting(
          request ->
              request.path().equals("/deals")
                  ? Optional.of(
                      Fault.answers(
                          FakeReply.json(
                              "{\"success\":false,\"error\":\"unavailable\",\"data\":null,"
                                  + "\"additional_data\":null}")))
                  : Optional.empty());
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(rig.refs()).hasSize(before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_deal_for_a_group_is_readable_by_all_only_if_there_is_one_group(boolean groups) {
    Thing deal = world.visible("deal").get(0);
    Quirks quirks = new Quirks(3);
    FakeApi site = CrmContract.WIRE.serve(world, quirks, Rig.SECRET);
    String said = Boolean.toString(groups);
    try (Rig rig =
        new Rig(
            new Crm(),
            site,
            url -> Map.of("base_url", url.toString(), "company", "acme", "visibility_groups", said),
            folder)) {
      rig.sync();
      assertThat(document(rig, deal).readers()).containsExactly(Principal.organisation());

      quirks.record(record -> record.put("visible_to", "3"));
      rig.sync();
      assertThat(document(rig, deal).readers())
          .isEqualTo(
              groups
                  ? deal.readers().stream()
                      .map(
                          person ->
                              Principal.user(Integer.toString(person.number()))
                                  .in(Realm.ofConnection(Rig.KEY.id())))
                      .collect(Collectors.toSet())
                  : Set.of(Principal.organisation()));
    }
  }
}
