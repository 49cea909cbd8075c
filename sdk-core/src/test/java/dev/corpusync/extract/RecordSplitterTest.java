package dev.corpusync.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record's bytes are those that were received, or its hash would change with our library. */
class RecordSplitterTest {
  @Test
  void cuts_records_out_as_they_were_received() {
    String one = "{ \"id\" : 1 ,\n\t\"n\": [1, {\"deep\":\"]}\"}] }";
    String two = "{\"id\":2,\"id2\":1.50e3,\"t\":\"\\u00e9\\n\\\"\"}";

    assertThat(records("  [ " + one + " ,\r\n" + two + "]  ", "")).containsExactly(one, two);
  }

  @Test
  void finds_records_at_a_nested_path_and_keeps_what_stands_around_them() {
    String body =
        "{\"meta\":{\"next\":\"c2\"},\"data\":{\"before\":[9],\"items\":[{\"a\":1},{\"a\":2}],\"after\":7},\"total\":2}";

    RecordSplitter.Split split = split(body, "data/items");

    assertThat(split.records())
        .extracting(RecordSplitterTest::text)
        .containsExactly("{\"a\":1}", "{\"a\":2}");
    assertThat(split.envelope().text("meta/next")).isEqualTo("c2");
    assertThat(split.envelope().number("data/after")).isEqualTo(7);
    assertThat(split.envelope().each("data/before")).hasSize(1);
    assertThat(split.envelope().number("total")).isEqualTo(2);
  }

  @Test
  void a_field_of_the_same_name_elsewhere_is_not_the_path() {
    String body = "{\"x\":{\"items\":[1]},\"items\":[2],\"y\":[{\"items\":[3]}]}";

    assertThat(records(body, "items")).containsExactly("2");
    assertThat(records(body, "x/items")).containsExactly("1");
  }

  @Test
  void a_number_in_the_path_counts_the_elements_of_an_array() {
    String body =
        "{\"boards\":[{\"items\":[1],\"cursor\":\"a\"},{\"items\":[2, 3],\"cursor\":null}],\"n\":4}";

    assertThat(records(body, "boards/0/items")).containsExactly("1");
    assertThat(records(body, "boards/1/items")).containsExactly("2", "3");
    assertThat(records("[[1],[2]]", "1")).containsExactly("2");
    Json around = split(body, "boards/1/items").envelope();
    assertThat(around.text("boards/0/cursor")).isEqualTo("a");
    assertThat(around.has("boards/1/cursor")).isFalse();
    assertThat(around.child("boards/1").tree().has("cursor")).isTrue();
    assertThat(around.number("n")).isEqualTo(4);
    for (String path : List.of("boards/2/items", "boards/items", "boards/00/items")) {
      assertThatThrownBy(() -> split(body, path))
          .as(path)
          .isInstanceOf(MalformedReplyException.class);
    }
  }

  @Test
  void unicode_and_escapes_stay_byte_for_byte() {
    String record = "{\"t\":\"Zoë 😀 \\ud83d\\ude00 \\/ \u2028 日本\"}";
    String body = "{\"é\":\"ü\",\"data\":[" + record + "," + record + "]}";

    RecordSplitter.Split split = split(body, "data");

    assertThat(split.records())
        .extracting(RecordSplitterTest::text)
        .containsExactly(record, record);
    assertThat(split.records().get(0).json().text("t")).isEqualTo("Zoë 😀 😀 / \u2028 日本");
  }

  @Test
  void records_may_be_scalars_and_arrays() {
    assertThat(records("[1, -2.5e+10 ,\"x\",\"\",true,false,null,[],[[1]],{}]", ""))
        .containsExactly(
            "1", "-2.5e+10", "\"x\"", "\"\"", "true", "false", "null", "[]", "[[1]]", "{}");
  }

  @Test
  void long_strings_and_numbers_keep_their_digits() {
    String number = "1234567890".repeat(60);
    String record = "{\"n\":" + number + ",\"f\":1e400,\"s\":\"" + "ab\\n".repeat(40_000) + "\"}";

    assertThat(records("[" + record + "]", "")).containsExactly(record);
    assertThat(split("[" + record + "]", "").records().get(0).json().id("n")).isEqualTo(number);
  }

  @Test
  void an_empty_array_is_an_empty_page() {
    assertThat(records("[]", "")).isEmpty();
    assertThat(records("{\"data\":[ ]}", "data")).isEmpty();
  }

  @Test
  void a_byte_order_mark_is_passed_over() {
    assertThat(records("\ufeff[{\"a\":\"é\"}]", "")).containsExactly("{\"a\":\"é\"}");
  }

  @Test
  void null_is_nothing_only_where_that_is_said_and_what_is_missing_is_an_error() {
    byte[] nothing = "{\"data\":null}".getBytes(StandardCharsets.UTF_8);
    assertThat(RecordSplitter.split("GET /x", nothing, "data", true).records()).isEmpty();
    assertThatThrownBy(() -> RecordSplitter.split("GET /x", nothing, "data", false))
        .isInstanceOf(MalformedReplyException.class);
    for (String wrong : new String[] {"{}", "{\"data\":{}}", "{\"data\":\"\"}", "null"}) {
      byte[] body = wrong.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> RecordSplitter.split("GET /x", body, "data", true))
          .as(wrong)
          .isInstanceOf(MalformedReplyException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void other_encodings_become_utf_8(String charset) {
    byte[] body = "[{\"a\":\"é\"}]".getBytes(Charset.forName(charset));

    assertThat(RecordSplitter.split("GET /x", body, "", false).records())
        .extracting(RecordSplitterTest::text)
        .containsExactly("{\"a\":\"é\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"data\":\"\"}",
        "{\"data\":0}",
        "null",
        "\"data\"",
        "[]",
        "{\"Data\":[]}",
        "{\"x\":{\"data\":[]}}",
        "{\"error\":\"secret\"}"
      })
  void anything_but_an_array_is_not_an_empty_page(String body) {
    assertThatThrownBy(() -> split(body, "data"))
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("GET /x")
        .hasMessageContaining("'data'")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html>secret</html>",
        "{\"data\":[1,]}",
        "{\"data\":[1",
        "{\"data\":[1]",
        "{\"data\":[{\"secret\":",
        "{\"data\":[1]} secret",
        "{\"data\":[1]}{}",
        "{\"data\":[01]}",
        "{'data':[1]}",
        "{\"data\":[NaN]}",
        "\u0000secret",
        "{\"data\":[\"\u0001secret\"]}"
      })
  void what_is_not_json_is_an_error_that_quotes_nothing(String body) {
    assertThatThrownBy(() -> split(body, "data"))
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("GET /x")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_body_cut_anywhere_is_an_error() {
    byte[] whole = "{\"data\":[{\"a\":\"é\"},2],\"next\":null}".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RecordSplitter.split("GET /x", cut, "data", false))
          .as("cut after %s bytes", length)
          .isInstanceOf(MalformedReplyException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"id\":1}],\"data\":[]}",
        "{\"data\":[],\"next\":\"secret\",\"next\":null}",
        "{\"next\":1,\"data\":[],\"next\":1}",
        "{\"data\":[],\"meta\":{\"cursor\":\"secret\",\"cursor\":\"b\"}}",
        "{\"data\":[],\"included\":[{\"id\":1,\"id\":2}]}"
      })
  void a_field_twice_around_the_records_is_an_error(String body) {
    assertThatThrownBy(() -> split(body, "data"))
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("a field twice")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> RecordSplitter.parse("GET /x", body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("a field twice");
  }

  @Test
  void a_record_with_a_field_twice_is_flawed_and_known_by_what_it_has_once() {
    List<Payload> records =
        split(
                "{\"data\":[{\"id\":1,\"v\":\"a\",\"v\":\"b\"},{\"id\":2},"
                    + "{\"id\":3,\"id\":4},{\"id\":5,\"in\":[{\"a\":1,\"a\":1}]}]}",
                "data")
            .records();
    assertThat(records).hasSize(4);
    assertThat(records)
        .extracting(record -> record.flaw().isPresent())
        .containsExactly(true, false, true, true);
    assertThat(records.get(0).flaw().orElseThrow()).contains("a field twice");
    assertThat(records.get(0).json().id("id")).isEqualTo("1");
    assertThat(records.get(0).json().has("v")).isFalse();
    assertThat(records.get(2).json().has("id")).isFalse();
    assertThat(records.get(3).json().id("id")).isEqualTo("5");
  }

  @Test
  void hashes_are_those_of_the_slice() {
    Payload slice = split("{\"data\":[ {\"a\" : 1} ]}", "data").records().get(0);

    assertThat(slice.hash())
        .isEqualTo(Payload.of("{\"a\" : 1}".getBytes(StandardCharsets.UTF_8)).hash());
    assertThat(slice.length()).isEqualTo(9);
  }

  private static RecordSplitter.Split split(String body, String path) {
    return RecordSplitter.split("GET /x", body.getBytes(StandardCharsets.UTF_8), path, false);
  }

  private static List<String> records(String body, String path) {
    return split(body, path).records().stream().map(RecordSplitterTest::text).toList();
  }

  private static String text(Payload record) {
    return new String(record.bytes(), StandardCharsets.UTF_8);
  }
}
