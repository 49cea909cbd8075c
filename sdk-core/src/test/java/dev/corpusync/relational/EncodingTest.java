package dev.corpusync.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.connection.Account;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Aspect;
import dev.corpusync.sync.StoredCursor;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each value comes back from its column as it was, for awkward values too. */
class EncodingTest {
  private static final List<String> AWKWARD =
      List.of("", " ", "a\"b\\c", "line\nbreak\t", "é", "\uD83D\uDE00", "[1]", "null", "'--");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-01-31T12:00:00.123456Z",
        "1969-12-31T23:59:59.999999Z",
        "1900-01-01T00:00:00.000001Z"
      })
  void a_time_is_kept_to_the_microsecond(String text) {
    Instant time = Instant.parse(text);
    assertThat(Encoding.time(Encoding.micros(time))).isEqualTo(time);
  }

  @Test
  void less_than_a_microsecond_is_cut_off() {
    Instant time = Instant.parse("2026-01-31T12:00:00.123456789Z");
    assertThat(Encoding.time(Encoding.micros(time)))
        .isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
  }

  @Test
  void texts_come_back_in_their_order() {
    assertThat(Encoding.texts(Encoding.texts(AWKWARD))).containsExactlyElementsOf(AWKWARD);
    assertThat(Encoding.texts(Encoding.texts(List.of()))).isEmpty();
  }

  @Test
  void references_come_back_with_any_id() {
    for (String id : AWKWARD.stream().filter(id -> !id.isBlank()).toList()) {
      Ref ref = Kind.of("issue").ref(id);
      assertThat(Encoding.ref(Encoding.ref(Optional.of(ref)))).contains(ref);
    }
    assertThat(Encoding.ref(Encoding.ref(Optional.empty()))).isEmpty();
  }

  @Test
  void settings_come_back() {
    Map<String, String> settings = Map.of("site", "é", "a\"b", "\\", "empty", "");
    assertThat(Encoding.settings(Encoding.settings(settings))).isEqualTo(settings);
  }

  @Test
  void fields_keep_their_types() {
    Map<String, Object> fields =
        Map.of(
            "text",
            "2026-01-01T00:00:00Z",
            "time",
            Instant.parse("2026-01-01T00:00:00Z"),
            "number",
            Long.MIN_VALUE,
            "flag",
            false,
            "list",
            List.of("b", "a", "b"));
    assertThat(Encoding.fields(Encoding.fields(fields))).isEqualTo(fields);
  }

  @Test
  void an_account_comes_back_and_equal_accounts_are_equal_texts() {
    Account one = new Account("1", "Ann", "acme", Set.of("read", "write"), Set.of("x", "y"));
    Account same = new Account("1", "Ann", "acme", Set.of("write", "read"), Set.of("y", "x"));
    assertThat(Encoding.account(Encoding.account(Optional.of(one)))).contains(one);
    assertThat(Encoding.account(Optional.of(one))).isEqualTo(Encoding.account(Optional.of(same)));
    assertThat(Encoding.account(Encoding.account(Optional.empty()))).isEmpty();
  }

  @Test
  void a_cursor_comes_back() {
    StoredCursor cursor = new StoredCursor("issues", "page", "{\"n\":2}");
    assertThat(Encoding.cursor(Encoding.cursor(Optional.of(cursor)))).contains(cursor);
    assertThat(Encoding.cursor(Encoding.cursor(Optional.empty()))).isEmpty();
  }

  @Test
  void each_set_of_aspects_comes_back() {
    for (Aspect aspect : Aspect.values()) {
      assertThat(Encoding.aspects(Encoding.aspects(EnumSet.of(aspect)))).containsExactly(aspect);
    }
    Set<Aspect> all = EnumSet.allOf(Aspect.class);
    assertThat(Encoding.aspects(Encoding.aspects(all))).isEqualTo(all);
  }

  @Test
  void hashes_come_back() {
    long[] hashes = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE};
    assertThat(Encoding.longs(Encoding.longs(hashes))).containsExactly(hashes);
  }

  @Test
  void a_value_that_was_changed_by_hand_is_reported_without_its_content() {
    assertThatThrownBy(() -> Encoding.texts("[\"canary"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not JSON")
        .hasMessageNotContaining("canary");
  }
}
