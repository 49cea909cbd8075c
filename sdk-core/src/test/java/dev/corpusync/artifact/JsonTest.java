package dev.corpusync.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final Json RECORD =
      json(
          """
          {"text":"t","empty":"","blank":" ","null":null,"int":7,"big":123456789012345678901234567890,"float":1.5,
           "whole_float":1.0,"true":true,"object":{"in":{"side":"x"}},"array":[1,"secret"],"none":[],
           "time":"2026-01-02T03:04:05+02:00","local":"2026-01-02T03:04:05","date":"2026-01-02"}\
          """);

  @Test
  void reads_present_values() {
    assertThat(RECORD.text("text")).isEqualTo("t");
    assertThat(RECORD.text("empty")).isEmpty();
    assertThat(RECORD.text("object/in/side")).isEqualTo("x");
    assertThat(RECORD.number("int")).isEqualTo(7);
    assertThat(RECORD.flag("true")).isTrue();
    assertThat(RECORD.id("text")).isEqualTo("t");
    assertThat(RECORD.id("int")).isEqualTo("7");
    assertThat(RECORD.id("big")).isEqualTo("123456789012345678901234567890");
    assertThat(RECORD.instant("time")).isEqualTo(Instant.parse("2026-01-02T01:04:05Z"));
    assertThat(RECORD.epochSeconds("int")).isEqualTo(Instant.ofEpochSecond(7));
    assertThat(RECORD.each("array")).hasSize(2);
    assertThat(RECORD.each("none")).isEmpty();
    assertThat(RECORD.child("object").text("in/side")).isEqualTo("x");
    assertThat(RECORD.has("false")).isFalse();
    assertThat(RECORD.has("empty")).isTrue();
  }

  @Test
  void a_time_without_a_zone_is_read_where_it_is_said_to_be_utc() {
    Json times = json("{\"space\":\"2026-01-02 03:04:05\",\"t\":\"2026-01-02T03:04:05.5\"}");
    assertThat(times.utc("space")).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(times.utc("t")).isEqualTo(Instant.parse("2026-01-02T03:04:05.5Z"));
    for (String wrong : List.of("time", "date", "text", "empty")) {
      assertThatThrownBy(() -> RECORD.utc(wrong))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessage("'" + wrong + "' is not a time without a zone");
    }
  }

  @Test
  void an_id_is_read_wherever_an_api_puts_it() {
    Json record =
        json(
            "{\"id\":7,\"whole\":{\"id\":8,\"name\":\"x\"},\"bare\":{\"name\":\"x\"},\"none\":null}");
    assertThat(record.idOf("id", "id")).isEqualTo("7");
    assertThat(record.idOf("whole", "id")).isEqualTo("8");
    assertThat(record.child("whole").idOf("", "name")).isEqualTo("x");
    assertThat(record.findIdOf("none", "id")).isEmpty();
    assertThat(record.findIdOf("missing", "id")).isEmpty();
    assertThatThrownBy(() -> record.idOf("bare", "id"))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("'id' is missing");
    assertThatThrownBy(() -> record.idOf("none", "id"))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("'none' is missing, expected an id or an object with 'id'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"missing", "null", "object/missing", "missing/deeper", "null/deeper", "Text"})
  void absent_and_null_are_empty_where_that_is_asked_and_errors_elsewhere(String path) {
    assertThat(RECORD.findText(path)).isEmpty();
    assertThat(RECORD.findId(path)).isEmpty();
    assertThat(RECORD.findNumber(path)).isEmpty();
    assertThat(RECORD.findInstant(path)).isEmpty();
    assertThat(RECORD.find(path)).isEmpty();
    assertThat(RECORD.has(path)).isFalse();
    for (Function<Json, ?> demand : demands(path)) {
      assertThatThrownBy(() -> demand.apply(RECORD))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessageContaining(path);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text,number",
    "text,flag",
    "text,each",
    "text,instant",
    "empty,id",
    "blank,id",
    "empty,instant",
    "int,text",
    "int,flag",
    "float,number",
    "whole_float,number",
    "float,id",
    "whole_float,id",
    "big,number",
    "true,text",
    "true,id",
    "true,number",
    "object,text",
    "object,id",
    "object,each",
    "array,text",
    "array,id",
    "local,instant",
    "date,instant",
    "int,instant"
  })
  void another_type_is_an_error_and_not_absence(String path, String type) {
    assertThatThrownBy(() -> read(type, path))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("'" + path + "'")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/deeper", "array/deeper", "int/deeper", "object/in/side/deeper"})
  void a_path_through_something_else_than_an_object_is_an_error(String path) {
    assertThatThrownBy(() -> RECORD.findText(path)).isInstanceOf(MalformedRecordException.class);
    assertThatThrownBy(() -> RECORD.findId(path)).isInstanceOf(MalformedRecordException.class);
    assertThat(RECORD.find(path)).isEmpty();
    assertThat(RECORD.has(path)).isFalse();
  }

  @Test
  void a_number_counts_the_elements_of_an_array() {
    Json json = json("{\"a\":[{\"b\":1},{\"b\":[5,6]}],\"o\":{\"0\":7}}");

    assertThat(json.number("a/0/b")).isEqualTo(1);
    assertThat(json.number("a/1/b/1")).isEqualTo(6);
    assertThat(json.number("o/0")).isEqualTo(7);
    assertThat(json.findNumber("a/2/b")).isEmpty();
    assertThat(json.has("a/0/b")).isTrue();
    assertThat(json.has("a/2")).isFalse();
    assertThatThrownBy(() -> json.findNumber("a/b")).isInstanceOf(MalformedRecordException.class);
    assertThatThrownBy(() -> json.findNumber("a/-1/b"))
        .isInstanceOf(MalformedRecordException.class);
  }

  @Test
  void reads_json_that_stands_in_a_text() {
    Json json = json("{\"data\":\"{\\\"id\\\":5}\",\"no\":\"canary {\",\"n\":5}");

    assertThat(json.parsed("data").number("id")).isEqualTo(5);
    for (String path : new String[] {"no", "n", "none"}) {
      assertThatThrownBy(() -> json.parsed(path))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessageContaining("'" + path + "'")
          .message()
          .doesNotContain("canary");
    }
  }

  @Test
  void shows_nothing_of_its_content() {
    assertThat(RECORD.child("array").toString()).isEqualTo("Json(ARRAY)");
  }

  private static Object read(String type, String path) {
    return switch (type) {
      case "number" -> RECORD.findNumber(path);
      case "flag" -> RECORD.flag(path);
      case "each" -> RECORD.each(path);
      case "instant" -> RECORD.findInstant(path);
      case "id" -> RECORD.findId(path);
      default -> RECORD.findText(path);
    };
  }

  private static List<Function<Json, ?>> demands(String path) {
    return List.of(
        j -> j.text(path),
        j -> j.id(path),
        j -> j.number(path),
        j -> j.flag(path),
        j -> j.instant(path),
        j -> j.each(path),
        j -> j.child(path));
  }

  private static Json json(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8)).json();
  }
}
