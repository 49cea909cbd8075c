package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.store.Aspect;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that was restored from a backup, and a replica that lags, look the same (P8). */
class OlderRevisionTest extends WikiRig {
  private static String revision(int number, String text, String... readers) {
    return "{\"id\":\"1\",\"rev\":"
        + number
        + ",\"text\":\""
        + text
        + "\",\"readers\":"
        + names(readers)
        + "}";
  }

  @BeforeEach
  void order() {
    wiki.pageRevision = page -> Revision.number(page.number("rev"));
    list("/folders/f/pages", revision(10, "ten", "ada", "bob"));
    sync();
    told();
  }

  private void resync() {
    assertThat(engine().resync(KEY).message()).isEmpty();
  }

  @Test
  void a_restored_source_narrows_access_at_once_and_replaces_the_rest_with_the_next_full_pass() {
    list("/folders/f/pages", revision(6, "six", "ada", "carl"));
    resync();
    assertThat(readers("1")).containsExactly("ada");
    assertThat(text("1")).isEqualTo("ten");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
    resync();
    assertThat(text("1")).isEqualTo("six");
    assertThat(readers("1")).containsExactly("ada", "carl");
    resync();
    assertThat(told()).containsKey("1");
  }

  @Test
  void a_lagging_replica_costs_access_until_the_newer_state_is_seen_again() {
    list("/folders/f/pages", revision(6, "six", "ada"));
    resync();
    assertThat(readers("1")).containsExactly("ada");
    list("/folders/f/pages", revision(10, "ten", "ada", "bob"));
    resync();
    assertThat(readers("1")).containsExactly("ada", "bob");
    assertThat(text("1")).isEqualTo("ten");
    list("/folders/f/pages", revision(6, "six", "ada"));
    resync();
    assertThat(text("1")).as("it is the first of two again").isEqualTo("ten");
  }

  @Test
  void changes_that_are_told_late_narrow_access_and_replace_nothing() {
    list("/folders/f/pages", revision(6, "six", "ada"));
    sync();
    assertThat(readers("1")).containsExactly("ada");
    sync();
    sync();
    assertThat(text("1")).isEqualTo("ten");
  }

  @Test
  void a_raised_version_does_not_widen_what_was_narrowed() {
    list("/folders/f/pages", revision(6, "six", "ada"));
    resync();
    wiki.pageVersion = 2;
    list("/folders/f/pages");
    sync();
    assertThat(readers("1")).containsExactly("ada");
  }

  @Test
  void an_older_state_that_is_hidden_is_deleted_at_once() {
    wiki.pageVisibility = page -> Visibility.allow(page, "text", "ten");
    list("/folders/f/pages", revision(6, "six", "ada"));
    engine().resync(KEY);
    assertThat(pages()).isEmpty();
  }

  @Test
  void a_newer_state_after_the_restore_is_taken_at_once() {
    list("/folders/f/pages", revision(6, "six", "ada"));
    resync();
    list("/folders/f/pages", revision(11, "eleven", "ada", "bob"));
    sync();
    assertThat(text("1")).isEqualTo("eleven");
    assertThat(readers("1")).containsExactly("ada", "bob");
  }
}
