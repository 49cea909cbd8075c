package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Revision;
import dev.corpusync.error.UnsupportedFeatureException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Feature;
import dev.corpusync.store.OlderRevision;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.check.Check;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A store supports the features that it claims, and refuses what needs another one. */
abstract class FeatureContract extends SecretsContract {
  /** A commit that needs exactly one feature, and whether what it carried is stored. */
  private record Use(Commit.Builder commit, Supplier<Boolean> stored) {}

  @Check(id = "STO-31a", rule = "A store keeps what belongs to each feature that it claims.")
  public final void each_claimed_feature_is_kept() {
    Map<Feature, Use> uses = uses();
    assertThat(uses.keySet())
        .as("features that a commit may need and this check uses")
        .containsExactlyInAnyOrderElementsOf(Commit.mayNeed());
    uses.forEach(
        (feature, use) -> {
          if (store.features().contains(feature)) {
            store.commit(use.commit().build());
            assertThat(use.stored().get()).as("%s are kept", feature).isTrue();
          }
        });
    if (store.features().contains(Feature.SECRETS)) {
      assertThat(store.secrets().replace(KEY, "token", 0, "k1", new byte[] {1}))
          .as("%s are kept", Feature.SECRETS)
          .isPresent();
      assertThat(store.secrets().find(KEY, "token")).as("%s are kept", Feature.SECRETS).isPresent();
    }
  }

  @Check(
      id = "STO-31b",
      rule = "A commit that needs a feature that the store lacks is refused whole.")
  public final void a_commit_that_needs_a_missing_feature_is_refused_and_writes_nothing() {
    List<String> before = ids();
    uses()
        .forEach(
            (feature, use) -> {
              if (!store.features().contains(feature)) {
                Commit commit = use.commit().item(issue("beside")).build();
                assertThatThrownBy(() -> store.commit(commit))
                    .as("a commit that needs %s", feature)
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining(feature.name());
                assertThat(ids()).as("what the refused commit left").isEqualTo(before);
              }
            });
  }

  private Map<Feature, Use> uses() {
    Map<Feature, Use> uses = new TreeMap<>();
    uses.put(
        Feature.ENTITY_TAGS,
        new Use(
            step().entityTag(new EntityTag("call", "tag", ONE)),
            () -> !store.checkpoints().entityTags(KEY, List.of("call")).isEmpty()));
    Run waits =
        run(RUN, T0)
            .withEnd(Run.State.RATE_LIMITED, T0.plusSeconds(9), "later")
            .withNotBefore(Optional.of(T0.plusSeconds(60)));
    uses.put(
        Feature.RUN_WAITS,
        new Use(
            step().record(waits),
            () -> nth(store.journal().runs(KEY, 1), 0).notBefore().isPresent()));
    uses.put(
        Feature.HELD_DELETIONS,
        new Use(
            step().held(HeldDeletion.builder("plan", SCOPE).total(2).since(T0).build()),
            () -> store.journal().held(KEY, "plan").isPresent()));
    uses.put(
        Feature.FULL_PASS_OWED,
        new Use(
            step().checkpoint(Checkpoint.none(SCOPE).owingFullPass(FullPassReason.SETTINGS)),
            () ->
                store
                    .checkpoints()
                    .checkpoint(KEY, SCOPE)
                    .flatMap(Checkpoint::fullPassOwed)
                    .isPresent()));
    uses.put(
        Feature.ROUNDS,
        new Use(
            step()
                .record(run(RUN, T0).toBuilder().round("first").build())
                .checkpoint(Checkpoint.builder(SCOPE).round("first").build()),
            () ->
                store
                    .checkpoints()
                    .checkpoint(KEY, SCOPE)
                    .filter(c -> c.round().equals("first"))
                    .isPresent()));
    uses.put(
        Feature.SCOPE_DEPENDENCIES,
        new Use(
            step()
                .item(item(ISSUE.ref("kept"), SCOPE.partition(), by(ANN), "x"))
                .scopeDependency(dependency(Dependency.record(PROJECT.ref("p")))),
            () -> {
              store.commit(step().changed(Dependency.record(PROJECT.ref("p"))).build());
              return state(ISSUE, "kept").stale();
            }));
    uses.put(
        Feature.UNREAD_PARTS,
        new Use(
            step().unread(unread(ONE, "comments", 1)),
            () -> !store.journal().unreadParts(KEY, 1).isEmpty()));
    uses.put(
        Feature.OLDER_REVISIONS,
        new Use(
            step()
                .item(
                    issue("older")
                        .withOlder(Optional.of(new OlderRevision(Revision.number(6), RUN)))),
            () -> state(ISSUE, "older").older().isPresent()));
    return uses;
  }
}
