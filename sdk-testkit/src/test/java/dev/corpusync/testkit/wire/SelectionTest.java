package dev.corpusync.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A fake GraphQL API gives what it was asked for, or a connector that forgets a field works. */
class SelectionTest {
  private static String given(String query, String data) {
    return Selection.of(query)
        .orElseThrow()
        .fields()
        .of(JsonMapper.builder().build().readTree(data))
        .toString();
  }

  @Test
  void gives_the_fields_that_were_asked_for_and_no_others() {
    String query =
        """
        query Items($board: ID!, $page: Int = 1) {
          boards(ids: [$board], rules: { of: { all: true } }) {
            id items(page: $page) { id, name text { html } }
          }
          more: others { id }
        }""";
    String data =
        "{\"boards\":[{\"id\":1,\"kind\":\"private\",\"items\":[{\"id\":2,\"name\":null,\"state\":\"x\","
            + "\"text\":{\"html\":\"h\",\"raw\":\"r\"}}]}],\"more\":[{\"id\":3}],\"others\":[4]}";

    assertThat(given(query, data))
        .isEqualTo(
            "{\"boards\":[{\"id\":1,\"items\":[{\"id\":2,\"name\":null,\"text\":{\"html\":\"h\"}}]}],"
                + "\"more\":[{\"id\":3}]}");
    assertThat(Selection.of(query).orElseThrow().name()).isEqualTo("Items");
  }

  @Test
  void inline_fragments_and_fields_told_twice_add_up() {
    assertThat(
            given(
                "query Q { a { id ... on Text { text } ...on Link { url } } a { name } }",
                "{\"a\":{\"id\":1,\"text\":\"t\",\"url\":\"u\",\"name\":\"n\",\"x\":0}}"))
        .isEqualTo("{\"a\":{\"id\":1,\"text\":\"t\",\"url\":\"u\",\"name\":\"n\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{ boards { id } }",
        "query { boards { id } }",
        "mutation Items { boards { id } }",
        "query Items { boards { id }",
        "query Items { boards { id } } }",
        "query Items { boards(ids: [1] { id } }",
        "query Items { boards(ids: [$board]) { id } }",
        "query Items($page: Int) { boards(ids: [$board]) { id } }",
        "query Items { boards { ; } }"
      })
  void what_a_server_would_refuse_is_not_answered(String query) {
    assertThat(Selection.of(query)).isEmpty();
  }
}
