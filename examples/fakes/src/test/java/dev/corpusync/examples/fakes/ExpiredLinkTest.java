package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.examples.drive.Drive;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Delta links of a drive expire: the next run is a full sync and says so; nothing is lost, nothing
 * stale remains.
 */
class ExpiredLinkTest {
  private static final int RECORDS = 12;
  @TempDir Path folder;
  private World world = world();
  private Quirks quirks = new Quirks(3);

  private static World world() {
    return new World(11, DriveContract.WIRE.types(), RECORDS);
  }

  private Rig rig() {
    world = world();
    quirks = new Quirks(3);
    return new Rig(
        new Drive(),
        DriveContract.WIRE.serve(world, quirks, Rig.SECRET),
        url -> Map.of("base_url", url.toString()),
        folder);
  }

  private Set<Ref> visible() {
    return world.visible("file").stream()
        .map(file -> Kind.of("file").ref(file.id()))
        .collect(Collectors.toSet());
  }

  /** Makes more than a page of changes, with a deletion. */
  private void change() {
    for (int i = 0; i < RECORDS / 2; i++) {
      world.add();
      world.edit();
    }
    world.remove();
  }

  @Test
  void before_a_run() {
    try (Rig rig = rig()) {
      rig.sync();
      change();
      quirks.expireLinks();
      Run run = rig.sync();

      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(run.message()).contains("full resync");
      assertThat(rig.refs()).isEqualTo(visible());
    }
  }

  @Test
  void between_any_two_pages_of_a_first_run() {
    int expired = 0;
    for (boolean ahead : new boolean[] {false, true}) {
      for (int exchange = 1; exchange <= RECORDS / 3 + 1; exchange++) {
        try (Rig rig = rig().prefetching(ahead)) {
          expired += expiring(rig, exchange) ? 1 : 0;
        }
      }
    }
    assertThat(expired).as("runs that met an expired link").isGreaterThanOrEqualTo(6);
  }

  @Test
  void between_any_two_pages_of_changes() {
    int expired = 0;
    for (boolean ahead : new boolean[] {false, true}) {
      for (int exchange = 1; exchange <= 5; exchange++) {
        try (Rig rig = rig().prefetching(ahead)) {
          rig.sync();
          change();
          expired += expiring(rig, rig.server.count() + exchange) ? 1 : 0;
        }
      }
    }
    assertThat(expired).as("runs that met an expired link").isGreaterThanOrEqualTo(6);
  }

  /** Whether a link had expired before the request. */
  private boolean expiring(Rig rig, int exchange) {
    int before = rig.server.count();
    expireAt(rig, exchange);
    Run run = rig.sync();
    boolean met = rig.server.exchanges().stream().skip(before).anyMatch(e -> e.status() == 410);
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(run.message().contains("full resync")).as("said in the record").isEqualTo(met);
    assertThat(rig.refs()).as("expired at exchange %s", exchange).isEqualTo(visible());
    return met;
  }

  private void expireAt(Rig rig, int exchange) {
    rig.server.before(
        number -> {
          if (number == exchange) {
            quirks.expireLinks();
          }
        });
  }

  @Test
  void with_a_crash_at_any_point() {
    for (int exchange = 1; exchange <= 2; exchange++) {
      CrashPlan counting = CrashPlan.counting();
      try (Rig rig = rig()) {
        expireDuringChanges(rig, exchange);
        rig.dies(counting);
        assertThat(rig.refs()).isEqualTo(visible());
      }
      for (int step = 1; step <= counting.steps().size(); step++) {
        for (CrashPlan plan : List.of(CrashPlan.before(step), CrashPlan.after(step))) {
          try (Rig rig = rig()) {
            expireDuringChanges(rig, exchange);
            rig.dies(plan);
            assertThat(plan.died()).as("%s was reached", plan).isTrue();
            assertResumed(rig, plan.toString());
          }
        }
      }
    }
  }

  private void expireDuringChanges(Rig rig, int exchange) {
    rig.sync();
    change();
    expireAt(rig, rig.server.count() + exchange);
  }

  @Test
  void twice_in_a_run_ends_it_without_a_deletion_and_the_next_run_is_complete() {
    try (Rig rig = rig()) {
      rig.sync();
      change();
      Set<Ref> before = rig.refs();
      quirks.expireLinks();
      rig.server.before(number -> expireAfterARestart(rig));
      Run run = rig.sync();
      rig.server.before(number -> {});

      // The first time is a resync; more could repeat for ever.
      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(run.message()).contains("410");
      assertThat(run.counts().deleted()).isZero();
      assertThat(rig.refs()).containsAll(before);
      assertResumed(rig, "second expiry");
    }
  }

  /** Expires the links again once both streams have restarted and read a page. */
  private void expireAfterARestart(Rig rig) {
    // The last request is in progress.
    List<Exchange> all = rig.server.exchanges();
    if (all.size() > 2 && all.get(all.size() - 3).status() == 410) {
      quirks.expireLinks();
    }
  }

  @Test
  void after_the_worker_died_and_before_another_resumes() {
    for (int step = 1; step <= 9; step++) {
      try (Rig rig = rig()) {
        rig.sync();
        change();
        CrashPlan plan = CrashPlan.after(step);
        rig.dies(plan);
        quirks.expireLinks();
        assertResumed(rig, plan + ", then the link expires");
      }
    }
  }

  private void assertResumed(Rig rig, String where) {
    Run run = rig.sync();
    assertThat(run.state()).as("%s: %s", where, run.message()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(rig.refs()).as(where).isEqualTo(visible());
    Run idle = rig.sync();
    assertThat(idle.counts().stored() + idle.counts().deleted()).as("left after " + where).isZero();
  }
}
