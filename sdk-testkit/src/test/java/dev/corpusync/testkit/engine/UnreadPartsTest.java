package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Access;
import dev.corpusync.store.Aspect;
import dev.corpusync.sync.UnreadPart;
import dev.corpusync.testkit.fake.FakeReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A part that could not be read is asked for again, and until then nobody reads new content whose
 * access rests on it (P5).
 */
class UnreadPartsTest extends WikiRig {
  private static final FakeReply LOGIN_PAGE =
      FakeReply.bytes(200, "text/html", "<html>log in</html>".getBytes(StandardCharsets.UTF_8));

  private void readersFromPart() {
    wiki.pageParts = List.of(Wiki.READERS);
    wiki.pageAccess = page -> Wiki.readers(page.part(Wiki.READERS));
  }

  private void commentsInText() {
    wiki.pageParts = List.of(Wiki.COMMENTS);
    wiki.pageText =
        (page, lookups) ->
            page.text("text")
                + page.part(Wiki.COMMENTS).stream().map(c -> c.tree().stringValue()).toList();
  }

  private void fail(String path, String how) {
    switch (how) {
      case "login" -> answers.put(path, LOGIN_PAGE);
      case "malformed" -> answers.put(path, FakeReply.json("{\"data\":{"));
      default -> status(path, Integer.parseInt(how));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"403", "404", "login", "malformed"})
  void new_text_with_unknown_access_is_read_by_nobody_until_its_access_is_read(String how) {
    readersFromPart();
    sync();
    told();
    list("/folders/f/pages", page("1", "restricted"), page("2", "two", "ada", "bob"));
    fail("/pages/1/readers", how);
    sync();
    assertThat(text("1")).isEqualTo("restricted");
    assertThat(readers("1")).isEmpty();
    assertThat(told()).containsEntry("1", Set.of(Aspect.CONTENT, Aspect.ACCESS));
    list("/pages/1/readers", "\"ada\"");
    sync();
    assertThat(readers("1")).containsExactly("ada");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
    assertThat(engine().unreadParts(KEY, 10)).isEmpty();
  }

  @Test
  void a_raised_version_does_not_bring_the_old_readers_back() {
    readersFromPart();
    sync();
    list("/folders/f/pages", page("1", "restricted"));
    status("/pages/1/readers", 403);
    sync();
    wiki.pageVersion = 2;
    sync();
    assertThat(readers("1")).isEmpty();
  }

  @Test
  void unchanged_content_keeps_its_readers_while_they_cannot_be_read() {
    readersFromPart();
    sync();
    status("/pages/1/readers", 403);
    engine().resync(KEY);
    assertThat(readers("1")).containsExactly("ada", "bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"403", "404", "login", "malformed"})
  void comments_that_were_denied_at_first_arrive_though_their_page_never_changes(String how) {
    commentsInText();
    fail("/pages/1/comments", how);
    sync();
    assertThat(text("1")).isEqualTo("one[]");
    assertThat(document("1").missing()).containsExactly("comments");
    UnreadPart unread = engine().unreadParts(KEY, 10).get(0);
    assertThat(unread.item()).isEqualTo(Wiki.PAGE.ref("1"));
    assertThat(unread.part()).isEqualTo("comments");
    list("/pages/1/comments", "\"first\"");
    // the listing of changes no longer names the page
    list("/folders/f/pages");
    sync();
    assertThat(text("1")).isEqualTo("one[first]");
    assertThat(document("1").missing()).isEmpty();
    assertThat(engine().unreadParts(KEY, 10)).isEmpty();
  }

  @Test
  void comments_that_stay_denied_are_asked_for_less_and_less() {
    commentsInText();
    status("/pages/1/comments", 403);
    sync();
    list("/folders/f/pages");
    sync();
    asked.clear();
    sync();
    assertThat(asked).doesNotContain("/pages/1/comments");
    time.advance(Duration.ofMinutes(16));
    sync();
    assertThat(asked).contains("/pages/1/comments");
    assertThat(engine().unreadParts(KEY, 10).get(0).attempts()).isEqualTo(3);
    asked.clear();
    time.advance(Duration.ofMinutes(16));
    sync();
    assertThat(asked).doesNotContain("/pages/1/comments");
  }

  @Test
  void a_resync_asks_for_every_part_that_is_unread() {
    commentsInText();
    status("/pages/1/comments", 403);
    sync();
    sync();
    list("/pages/1/comments", "\"first\"");
    engine().resync(KEY);
    assertThat(text("1")).isEqualTo("one[first]");
  }

  @Test
  void a_refreshed_page_is_asked_for_its_unread_parts() {
    commentsInText();
    status("/pages/1/comments", 403);
    sync();
    sync();
    list("/pages/1/comments", "\"first\"");
    answers.put("/page/1", FakeReply.json(page("1", "one", "ada", "bob")));
    engine().refresh(KEY, List.of(Wiki.PAGE.ref("1")));
    assertThat(text("1")).isEqualTo("one[first]");
  }

  @Test
  void parts_that_are_read_under_a_setting_are_read_again_when_it_changes() {
    commentsInText();
    wiki.partsUnder = java.util.Optional.of(Wiki.GROUP);
    list("/pages/1/comments/board", "\"second\"");
    list("/pages/2/comments/board");
    list("/pages/1/comments/staff", "\"first\"");
    list("/pages/2/comments/staff");
    sync();
    assertThat(text("1")).isEqualTo("one[first]");
    dev.corpusync.engine.Corpusync engine = engine();
    engine.reconfigure(KEY, settings("board"));
    engine.sync(KEY);
    assertThat(text("1")).isEqualTo("one[second]");
    asked.clear();
    engine.sync(KEY);
    assertThat(asked).noneMatch(path -> path.contains("comments"));
  }

  @Test
  void old_comments_stay_in_new_text_and_are_replaced_once_they_can_be_read() {
    commentsInText();
    sync();
    list("/folders/f/pages", page("1", "edited", "ada"), page("2", "two", "ada"));
    status("/pages/1/comments", 404);
    sync();
    assertThat(text("1")).isEqualTo("edited[first]");
    assertThat(document("1").missing()).containsExactly("comments");
    list("/pages/1/comments", "\"first\"", "\"second\"");
    sync();
    assertThat(text("1")).isEqualTo("edited[first, second]");
  }

  @Test
  void an_unread_part_goes_with_its_page() {
    commentsInText();
    status("/pages/1/comments", 403);
    sync();
    list("/folders/f/pages", page("2", "two", "ada"));
    engine().resync(KEY);
    assertThat(pages()).containsExactly("2");
    assertThat(engine().unreadParts(KEY, 10)).isEmpty();
  }

  @Test
  void a_changed_container_whose_members_are_denied_lets_nobody_read_what_inherits() {
    wiki.spaceParts = List.of(Wiki.MEMBERS);
    wiki.spaceAccess = space -> Wiki.readers(space.part(Wiki.MEMBERS));
    wiki.pageAccess = page -> Access.inherited();
    sync();
    told();
    list("/spaces", space("Restricted"));
    status("/spaces/s/members", 404);
    sync();
    assertThat(readers("1")).isEmpty();
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
    list("/spaces/s/members", "\"ada\"");
    sync();
    assertThat(readers("1")).containsExactly("ada");
    assertThat(told()).containsEntry("1", Set.of(Aspect.ACCESS));
  }

  @Test
  void a_changed_container_whose_members_are_denied_lets_nobody_read_what_looks_at_them() {
    wiki.spaceParts = List.of(Wiki.MEMBERS);
    wiki.pageAccess = page -> Wiki.readers(page.parent().parent().part(Wiki.MEMBERS));
    sync();
    list("/spaces", space("Restricted"));
    status("/spaces/s/members", 403);
    sync();
    assertThat(readers("1")).isEmpty();
    list("/spaces/s/members", "\"ada\"");
    sync();
    assertThat(readers("1")).containsExactly("ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"errors\":[{\"reason\":\"rateLimitExceeded\"}]}}",
        "{\"error\":{\"errors\":[{\"reason\":\"userRateLimitExceeded\"}]}}",
        "{\"error\":{\"code\":403,\"errors\":[{\"reason\": \"quotaExceeded\"}]}}",
        "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}]",
      })
  void a_rate_limit_that_is_told_with_403_is_no_denial(String body) {
    readersFromPart();
    answers.put("/pages/1/readers", FakeReply.json(body).withStatus(403));
    assertThat(engine().sync(KEY).state()).isEqualTo(dev.corpusync.sync.Run.State.RATE_LIMITED);
    assertThat(engine().unreadParts(KEY, 10)).isEmpty();
    list("/pages/1/readers", "\"ada\"");
    time.advance(Duration.ofDays(2));
    sync();
    assertThat(readers("1")).containsExactly("ada");
  }
}
