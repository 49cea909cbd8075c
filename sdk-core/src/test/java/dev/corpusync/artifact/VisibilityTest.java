package dev.corpusync.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P6: only a value on the list lets a record in. */
class VisibilityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"state\":null}",
        "{\"state\":\"\"}",
        "{\"state\":\" \"}",
        "{\"state\":\"Public\"}",
        "{\"state\":\"PUBLIC\"}",
        "{\"state\":\" public\"}",
        "{\"state\":\"publicly\"}",
        "{\"state\":true}",
        "{\"state\":1}",
        "{\"state\":[\"public\"]}",
        "{\"state\":{\"public\":true}}",
        "{\"State\":\"public\"}",
        "{\"x\":{\"state\":\"public\"}}",
        "[]",
        "\"public\"",
        "null"
      })
  void anything_but_a_value_on_the_list_hides(String record) {
    assertThat(Visibility.allow(json(record), "state", "public", "team").isVisible()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"private\":null}",
        "{\"private\":true}",
        "{\"private\":\"false\"}",
        "{\"private\":0}",
        "{\"private\":\"\"}",
        "{\"private\":[]}",
        "{\"private\":{}}"
      })
  void only_the_json_false_is_false(String record) {
    assertThat(Visibility.allow(json(record), "private", false).isVisible()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"level\":\"2\"}",
        "{\"level\":2.0}",
        "{\"level\":20}",
        "{\"level\":2e0}",
        "{\"level\":4294967298}"
      })
  void a_number_matches_whole_numbers_only(String record) {
    assertThat(Visibility.allow(json(record), "level", 2).isVisible()).isFalse();
  }

  @Test
  void a_value_on_the_list_shows() {
    assertThat(
            Visibility.allow(json("{\"state\":\"team\"}"), "state", "public", "team").isVisible())
        .isTrue();
    assertThat(Visibility.allow(json("{\"private\":false}"), "private", false).isVisible())
        .isTrue();
    assertThat(Visibility.allow(json("{\"level\":2}"), "level", 2).isVisible()).isTrue();
    assertThat(Visibility.allow(json("{\"a\":{\"b\":\"x\"}}"), "a/b", List.of("x")).isVisible())
        .isTrue();
  }

  @Test
  void an_empty_list_shows_nothing() {
    assertThat(Visibility.allow(json("{\"state\":\"\"}"), "state", List.of()).isVisible())
        .isFalse();
  }

  @Test
  void and_takes_both_or_takes_either() {
    Visibility yes = Visibility.declared("all are public");
    Visibility no = Visibility.hidden("archived");

    assertThat(yes.and(no).isVisible()).isFalse();
    assertThat(no.and(yes).isVisible()).isFalse();
    assertThat(yes.and(yes).isVisible()).isTrue();
    assertThat(no.or(no).isVisible()).isFalse();
    assertThat(no.or(yes).isVisible()).isTrue();
  }

  @Test
  void the_evidence_names_the_field_and_not_the_value() {
    assertThat(Visibility.allow(json("{\"state\":\"secret\"}"), "state", "public").evidence())
        .contains("state")
        .doesNotContain("secret");
  }

  @Test
  void a_declaration_needs_a_reason() {
    assertThatThrownBy(() -> Visibility.declared(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_hidden_record_cannot_become_an_artifact() {
    assertThatThrownBy(
            () ->
                Artifact.of(
                    Kind.of("note").ref("1"),
                    Optional.empty(),
                    Revision.content(),
                    Payload.of(new byte[0]),
                    Parts.none(),
                    Visibility.hidden("private"),
                    Access.inherited()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Json json(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8)).json();
  }
}
