package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.store.Aspect;
import dev.corpusync.sync.Run;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is answered about a record is answered again when something that it was made of changes:
 * settings, versions, containers, references (P9).
 */
class DependenciesTest extends WikiRig {
  private static Access group(String name) {
    return Access.known(List.of(Principal.group(name)));
  }

  @Test
  void a_tightened_access_with_a_raised_version_holds_without_a_request_to_the_page() {
    sync();
    told();
    wiki.pageAccess = page -> Access.known(List.of(Principal.user("ada")));
    wiki.pageVersion = 2;
    answers.remove("/folders/f/pages");
    engine().sync(KEY);
    assertThat(readers("1")).containsExactly("ada");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
  }

  @Test
  void a_tightened_access_holds_also_when_the_source_accepts_no_credentials() {
    sync();
    wiki.pageAccess = page -> Access.known(List.of(Principal.user("ada")));
    wiki.pageVersion = 2;
    answers.keySet().forEach(path -> status(path, 401));
    assertThat(engine().sync(KEY).state()).isEqualTo(Run.State.FAILED);
    assertThat(readers("1")).containsExactly("ada");
  }

  @Test
  void a_tightened_access_holds_also_for_a_page_that_can_no_longer_be_derived() {
    sync();
    told();
    wiki.pageAccess = page -> Access.known(List.of(Principal.user("ada")));
    wiki.pageText = (page, lookups) -> page.text("no/such/field");
    wiki.pageVersion = 2;
    answers.remove("/folders/f/pages");
    engine().sync(KEY);
    assertThat(readers("1")).containsExactly("ada");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
    wiki.pageAccess = page -> Access.known(List.of(Principal.user(page.text("no/such/field"))));
    wiki.pageVersion = 3;
    engine().sync(KEY);
    assertThat(readers("1")).isEmpty();
  }

  @Test
  void a_tightened_visibility_with_a_raised_version_deletes_what_it_hides() {
    sync();
    wiki.pageVisibility = page -> Visibility.allow(page, "text", "one");
    wiki.pageVersion = 2;
    answers.remove("/folders/f/pages");
    engine().sync(KEY);
    assertThat(pages()).containsExactly("1");
  }

  @Test
  void a_loosened_visibility_brings_back_what_was_hidden_with_the_next_sync() {
    wiki.pageVisibility = page -> Visibility.allow(page, "text", "one");
    sync();
    assertThat(pages()).containsExactly("1");
    wiki.pageVisibility = page -> Visibility.allow(page, "text", "one", "two");
    wiki.pageVersion = 2;
    Run run = sync();
    assertThat(pages()).containsExactly("1", "2");
    assertThat(run.message()).contains("read in full").contains("hidden");
    asked.clear();
    assertThat(sync().message()).isEmpty();
  }

  @Test
  void what_a_setting_hid_comes_back_when_the_setting_does() {
    wiki.pageVisibility = page -> Visibility.allow(page, "text", page.setting(Wiki.GROUP));
    Corpusync engine = engine();
    engine.reconfigure(KEY, settings("one"));
    engine.sync(KEY);
    assertThat(pages()).containsExactly("1");
    engine.reconfigure(KEY, settings("two"));
    engine.sync(KEY);
    assertThat(pages()).containsExactly("2");
    engine.reconfigure(KEY, settings("one"));
    engine.sync(KEY);
    assertThat(pages()).containsExactly("1");
  }

  @Test
  void access_that_reads_a_setting_follows_it_while_the_source_is_down() {
    wiki.pageAccess = page -> group(page.setting(Wiki.GROUP));
    sync();
    assertThat(readers("1")).containsExactly("staff");
    told();
    answers.keySet().forEach(path -> status(path, 500));
    Corpusync engine = engine();
    engine.reconfigure(KEY, settings("board"));
    engine.sync(KEY);
    assertThat(readers("1")).containsExactly("board");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS)).containsKey("2");
  }

  @Test
  void the_access_of_a_container_that_reads_a_setting_follows_it() {
    wiki.spaceAccess = space -> group(space.setting(Wiki.GROUP));
    wiki.pageAccess = page -> Access.inherited();
    sync();
    told();
    answers.keySet().forEach(path -> status(path, 500));
    Corpusync engine = engine();
    engine.reconfigure(KEY, settings("board"));
    engine.sync(KEY);
    assertThat(readers("1")).containsExactly("board");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
  }

  @Test
  void a_setting_that_no_answer_reads_derives_nothing_again() {
    wiki.pageText = (page, lookups) -> page.text("text") + page.setting(Wiki.GROUP);
    sync();
    int before = wiki.derived;
    Corpusync engine = engine();
    engine.reconfigure(
        KEY, java.util.Map.of("base_url", server.url().toString(), "group", "staff", "other", "y"));
    engine.sync(KEY);
    assertThat(wiki.derived).isEqualTo(before);
    engine.reconfigure(KEY, settings("board"));
    engine.sync(KEY);
    assertThat(wiki.derived).isEqualTo(before + 2);
    assertThat(text("1")).isEqualTo("oneboard");
  }

  @Test
  void text_that_reads_the_container_follows_it() {
    wiki.pageText = (page, lookups) -> page.parent().text("title") + page.text("text");
    sync();
    list("/spaces/s/folders", "{\"id\":\"f\",\"title\":\"Renamed\"}");
    sync();
    assertThat(text("1")).isEqualTo("Renamedone");
  }

  @Test
  void access_that_reads_a_container_above_follows_it() {
    wiki.pageAccess = page -> Wiki.readers(page.parent().parent().each("readers"));
    sync();
    assertThat(readers("1")).containsExactly("ada", "bob");
    told();
    share("ada");
    sync();
    assertThat(readers("1")).containsExactly("ada");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
  }

  @Test
  void access_that_reads_the_members_of_a_container_follows_them_and_not_its_name() {
    wiki.spaceParts = List.of(Wiki.MEMBERS);
    wiki.pageAccess = page -> Wiki.readers(page.parent().parent().part(Wiki.MEMBERS));
    sync();
    int before = wiki.derived;
    list("/spaces", space("Renamed", "ada", "bob"));
    sync();
    assertThat(wiki.derived).as("its name is not looked at").isEqualTo(before);
    list("/spaces", space("Restricted", "ada", "bob"));
    list("/spaces/s/members", "\"ada\"");
    sync();
    assertThat(readers("1")).containsExactly("ada");
  }

  @Test
  void a_refreshed_container_takes_effect_in_that_run() {
    wiki.pageAccess = page -> Wiki.readers(page.parent().parent().each("readers"));
    sync();
    answers.put("/space/s", dev.corpusync.testkit.fake.FakeReply.json(space("Space", "ada")));
    Run run = engine().refresh(KEY, List.of(Wiki.SPACE.ref("s")));
    assertThat(run.message()).isEmpty();
    assertThat(readers("1")).containsExactly("ada");
  }

  @Test
  void visibility_that_reads_a_container_hides_and_shows_with_it() {
    wiki.pageVisibility =
        page -> Visibility.allow(page.parent().parent(), "title", "Public", "Open");
    list("/spaces", space("Public", "ada"));
    sync();
    assertThat(pages()).containsExactly("1", "2");
    list("/spaces", space("Secret", "ada"));
    sync();
    assertThat(pages()).isEmpty();
    list("/spaces", space("Open", "ada"));
    sync();
    assertThat(pages()).containsExactly("1", "2");
  }

  @Test
  void a_container_that_changes_makes_nothing_of_what_merely_inherits() {
    wiki.pageAccess = page -> Access.inherited();
    sync();
    int before = wiki.derived;
    told();
    share("ada");
    sync();
    assertThat(wiki.derived).isEqualTo(before);
    assertThat(readers("1")).containsExactly("ada");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
  }

  @Test
  void a_deleted_person_is_no_longer_named_and_a_new_one_is() {
    wiki.pageText = (page, lookups) -> lookups.name(Wiki.PERSON, "ann").orElse("nobody");
    sync();
    assertThat(text("1")).isEqualTo("Ann");
    list("/people");
    sync();
    assertThat(text("1")).isEqualTo("nobody");
    list("/people", "{\"id\":\"ann\",\"name\":\"Anna\"}");
    sync();
    assertThat(text("1")).isEqualTo("Anna");
  }

  @Test
  void a_container_that_is_looked_up_by_its_id_is_followed() {
    wiki.pageText =
        (page, lookups) -> lookups.find(Wiki.SPACE, "s").map(s -> s.text("title")).orElse("none");
    sync();
    list("/spaces", space("Renamed", "ada", "bob"));
    sync();
    assertThat(text("1")).isEqualTo("Renamed");
  }

  @Test
  void a_page_that_another_looks_up_is_followed_also_when_it_is_deleted() {
    wiki.pageText =
        (page, lookups) ->
            page.id("id").equals("1")
                ? lookups.find(Wiki.PAGE, "2").map(p -> p.text("text")).orElse("none")
                : page.text("text");
    sync();
    list("/folders/f/pages", page("1", "one", "ada"), page("2", "changed", "ada"));
    sync();
    assertThat(text("1")).isEqualTo("changed");
    list("/folders/f/pages", page("1", "one", "ada"));
    engine().resync(KEY);
    assertThat(pages()).containsExactly("1");
    assertThat(text("1")).isEqualTo("none");
  }

  @Test
  void nothing_is_derived_again_where_nothing_has_changed() {
    wiki.pageAccess = page -> Wiki.readers(page.parent().parent().each("readers"));
    wiki.pageText =
        (page, lookups) ->
            page.parent().text("title")
                + page.setting(Wiki.GROUP)
                + lookups.name(Wiki.PERSON, "ann").orElse("");
    sync();
    int before = wiki.derived;
    told();
    sync();
    engine().resync(KEY);
    assertThat(wiki.derived).isEqualTo(before);
    assertThat(told()).isEmpty();
  }
}
