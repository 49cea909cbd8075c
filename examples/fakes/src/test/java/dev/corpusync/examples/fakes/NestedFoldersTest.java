package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.examples.drive.Drive;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.fault.CrashPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of a folder reaches its content, although the delta names only the folder. */
class NestedFoldersTest {
  private static final Principal ALL = Principal.email("all@acme.example");
  private static final Principal BOSS = Principal.email("boss@acme.example");
  @TempDir Path folder;
  private FakeDrive drive = drive();

  /** Pages of two, so that each folder takes more than one page. */
  private static FakeDrive drive() {
    return new FakeDrive()
        .folder("projects", "root")
        .folder("vault", "root", "boss@acme.example")
        .folder("alpha", "projects")
        .folder("deep", "alpha")
        .file("notice", "root")
        .file("plan", "alpha")
        .file("draft", "alpha")
        .file("budget", "alpha")
        .file("detail", "deep")
        .file("public", "deep", "guest@acme.example")
        .file("secret", "vault");
  }

  private Rig rig() {
    drive = drive();
    return new Rig(new Drive(), drive, url -> Map.of("base_url", url.toString()), folder);
  }

  private static Map<String, Object> paths(Rig rig) {
    Map<String, Object> paths = new TreeMap<>();
    rig.documents()
        .forEach(
            (ref, d) ->
                paths.put(ref.id(), Optional.ofNullable(d.fields().get("path")).orElse("")));
    return paths;
  }

  private static Map<String, Set<Principal>> readers(Rig rig) {
    Map<String, Set<Principal>> readers = new TreeMap<>();
    rig.documents().forEach((ref, d) -> readers.put(ref.id(), Set.copyOf(d.readers())));
    return readers;
  }

  private static void succeeds(Rig rig) {
    Run run = rig.sync();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
  }

  @Test
  void a_file_has_its_path_and_its_readers() {
    try (Rig rig = rig()) {
      succeeds(rig);

      assertThat(paths(rig))
          .containsEntry("notice", "/")
          .containsEntry("plan", "/projects/alpha")
          .containsEntry("detail", "/projects/alpha/deep")
          .containsEntry("secret", "/vault")
          .hasSize(7);
      assertThat(readers(rig))
          .containsEntry("detail", Set.of(ALL))
          .containsEntry("public", Set.of(Principal.email("guest@acme.example")))
          .containsEntry("secret", Set.of(BOSS));
    }
  }

  @Test
  void a_renamed_folder_changes_all_paths_below_it() {
    try (Rig rig = rig()) {
      succeeds(rig);
      drive.rename("projects", "Work");
      succeeds(rig);

      assertThat(paths(rig))
          .containsEntry("plan", "/Work/alpha")
          .containsEntry("detail", "/Work/alpha/deep");
    }
  }

  @Test
  void a_folder_that_moves_into_a_restricted_one_is_restricted() {
    try (Rig rig = rig()) {
      succeeds(rig);
      drive.move("alpha", "vault");
      succeeds(rig);

      assertMoved(rig);
      drive.move("alpha", "projects");
      succeeds(rig);
      assertThat(readers(rig))
          .containsEntry("plan", Set.of(ALL))
          .containsEntry("detail", Set.of(ALL));
      assertThat(paths(rig)).containsEntry("detail", "/projects/alpha/deep");
    }
  }

  private static void assertMoved(Rig rig) {
    assertThat(paths(rig))
        .containsEntry("plan", "/vault/alpha")
        .containsEntry("detail", "/vault/alpha/deep");
    assertThat(readers(rig))
        .containsEntry("plan", Set.of(BOSS))
        .containsEntry("draft", Set.of(BOSS))
        .containsEntry("budget", Set.of(BOSS))
        .containsEntry("detail", Set.of(BOSS))
        .containsEntry("public", Set.of(Principal.email("guest@acme.example")));
  }

  @Test
  void a_folder_that_only_one_person_may_read_restricts_everything_below_it() {
    try (Rig rig = rig()) {
      succeeds(rig);
      drive.share("projects", "boss@acme.example");
      succeeds(rig);

      assertThat(readers(rig))
          .containsEntry("notice", Set.of(ALL))
          .containsEntry("plan", Set.of(BOSS))
          .containsEntry("detail", Set.of(BOSS));
    }
  }

  @Test
  void after_a_crash_at_any_point_the_next_run_reaches_all_of_it() {
    CrashPlan counting = CrashPlan.counting();
    try (Rig rig = rig()) {
      succeeds(rig);
      drive.move("alpha", "vault");
      rig.dies(counting);
      assertMoved(rig);
    }
    assertThat(counting.steps()).hasSizeGreaterThan(10);
    for (int step = 1; step <= counting.steps().size(); step++) {
      try (Rig rig = rig()) {
        succeeds(rig);
        drive.move("alpha", "vault");
        rig.dies(CrashPlan.after(step));
        succeeds(rig);
        assertMoved(rig);
      }
    }
  }

  @Test
  void permissions_that_cannot_be_read_stay_as_they_were_or_allow_no_one() {
    try (Rig rig = rig()) {
      succeeds(rig);
      drive.file("new", "alpha");
      drive.move("alpha", "vault");
      rig.server.faulting(
          request ->
              request.path().endsWith("/permissions")
                  ? Optional.of(Fault.status(403))
                  : Optional.empty());
      rig.sync();

      assertThat(readers(rig)).containsEntry("new", Set.of()).containsEntry("notice", Set.of(ALL));
      assertThat(readers(rig).get("plan")).isSubsetOf(Set.of(ALL));
    }
  }

  @Test
  void a_deleted_folder_deletes_everything_below_it() {
    try (Rig rig = rig()) {
      succeeds(rig);
      drive.delete("projects");
      succeeds(rig);

      assertThat(rig.documents().keySet())
          .isEqualTo(
              List.of("notice", "secret").stream()
                  .map(id -> Kind.of("file").ref(id))
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void an_idle_sync_reads_nothing_again() {
    try (Rig rig = rig()) {
      succeeds(rig);
      int asked = rig.server.count();
      succeeds(rig);

      assertThat(rig.server.count() - asked).as("requests: one a stream").isEqualTo(2);
    }
  }
}
