package dev.corpusync.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.error.ConnectorDefectException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DescriptorTest {
  private static final Setting<String> MODE =
      Setting.select("mode", "Mode", Option.of("a"), Option.of("b"));
  private static final Setting<String> TEXT = Setting.text("text", "Text");

  @Test
  void one_line_is_enough() {
    Descriptor notes = Descriptor.of("notes", "Notes", "https://api.notes.example").build();

    assertThat(notes.vendor()).isEqualTo("Notes");
    assertThat(notes.ownership()).isEqualTo(Descriptor.Ownership.ORGANISATION);
    assertThat(notes.stability()).isEqualTo(Stability.EXPERIMENTAL);
    assertThat(notes.strategies())
        .containsExactlyInAnyOrder(SyncStrategy.MANUAL, SyncStrategy.SCHEDULED);
    assertThat(notes.interval()).contains(Duration.ofHours(1));
    assertThat(notes.baseUrl(Settings.of(notes.settings(), Map.of())))
        .hasToString("https://api.notes.example");
  }

  @Test
  void filters_are_settings_too_in_the_order_of_the_form() {
    Descriptor descriptor =
        Descriptor.selfHosted("wiki", "Wiki")
            .indexFilters(TEXT)
            .syncFilters(MODE)
            .settings(Setting.number("count", "Count"))
            .build();

    assertThat(descriptor.settings())
        .extracting(Setting::name)
        .containsExactly("base_url", "count", "mode", "text");
  }

  @Test
  void parameters_are_checked_before_a_connector_sees_them() {
    Operation find =
        Operation.query("find", "Find", TEXT, Setting.number("most", "Most").withDefault("10"));

    assertThat(find.arguments(Map.of("text", "x")).values())
        .isEqualTo(Map.of("text", "x", "most", "10"));
    assertThatThrownBy(() -> find.arguments(Map.of("most", "ten")))
        .hasMessageContaining("'text' is required");
  }

  @TestFactory
  List<DynamicTest> what_contradicts_itself_is_refused_by_name() {
    Map<String, UnaryOperator<DescriptorBuilder>> wrong = new LinkedHashMap<>();
    wrong.put("'text' twice", d -> d.settings(TEXT).syncFilters(TEXT));
    wrong.put("no such setting before", d -> d.settings(TEXT.shownIf(MODE, "a"), MODE));
    wrong.put("no such setting", d -> d.settings(TEXT.shownIf(TEXT)));
    wrong.put("a value that it never has", d -> d.settings(MODE, TEXT.shownIf(MODE, "c")));
    wrong.put(
        "'base_url', with a value",
        d -> d.settings(TEXT.shownIf(Setting.url("base_url", "U"), "x")));
    wrong.put(
        "always has a value",
        d -> d.settings(Setting.checkbox("on", "On"), TEXT.shownIf(Setting.checkbox("on", "On"))));
    wrong.put(
        "cannot be compared",
        d ->
            d.settings(
                Setting.password("key", "Key"), TEXT.shownIf(Setting.password("key", "Key"), "x")));
    wrong.put("without options", d -> d.settings(Setting.select("none", "None")));
    wrong.put(
        "an option twice",
        d -> d.settings(Setting.select("s", "S", Option.of("a"), Option.of("a"))));
    wrong.put("fetched", d -> d.settings(MODE.fetched()));
    wrong.put("'text' is refused by itself", d -> d.settings(TEXT.length(3, 4).withDefault("x")));
    wrong.put("example of the setting 'text'", d -> d.settings(TEXT.length(3, 4).example("x")));
    wrong.put("it has no length", d -> d.settings(MODE.length(1, 2)));
    wrong.put("1 to 4,000", d -> d.settings(TEXT.length(1, 4_001)));
    wrong.put("it has no range", d -> d.settings(TEXT.range(1, 2)));
    wrong.put(
        "does not keep exactly",
        d -> d.settings(Setting.number("n", "N").range(0, Long.MAX_VALUE)));
    wrong.put("cannot be read", d -> d.settings(TEXT.pattern("(", "open")));
    wrong.put("a pattern says nothing more", d -> d.settings(MODE.pattern("a", "a")));
    wrong.put("need not be optional", d -> d.settings(TEXT.withDefault("x").optional()));
    wrong.put("cannot have a default too", d -> d.settings(TEXT.optional().withDefault("x")));
    wrong.put(
        "a secret and cannot", d -> d.settings(Setting.password("key", "Key").withDefault("x")));
    wrong.put("would be one", d -> d.settings(Setting.password("key", "Key").example("x")));
    wrong.put("needs a name", d -> d.settings(Setting.text("My Text", "Text")));
    wrong.put("has no label", d -> d.settings(Setting.text("text", " ")));
    wrong.put("authenticate twice", d -> d.auth(AuthScheme.bearer(), AuthScheme.bearer()));
    wrong.put("an operation twice", d -> d.operations(query("go"), query("go")));
    wrong.put(
        "no secret parameter",
        d -> d.operations(Operation.action("go", "Go", Setting.password("key", "Key"))));
    wrong.put("version of the SDK that is none", d -> d.needs("newest"));
    wrong.put("an icon without an address", d -> d.icon("javascript:alert(1)"));
    wrong.put("links to 'here' without", d -> d.docs("here", "javascript:alert(1)"));
    wrong.put("schedule without an interval", d -> d.scheduled(Duration.ZERO));
    return wrong.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () ->
                        assertThatThrownBy(
                                () -> e.getValue().apply(Descriptor.selfHosted("x", "X")).build())
                            .isInstanceOf(ConnectorDefectException.class)
                            .hasMessageContaining(e.getKey())))
        .toList();
  }

  private static Operation query(String name) {
    return Operation.query(name, "Go");
  }

  @Test
  void an_id_and_a_title_are_needed() {
    assertThatThrownBy(() -> Descriptor.of("My Wiki", "Wiki", "https://x.example"))
        .isInstanceOf(ConnectorDefectException.class)
        .hasMessageContaining("My Wiki");
    assertThatThrownBy(() -> Descriptor.of("wiki", " ", "https://x.example"))
        .isInstanceOf(ConnectorDefectException.class)
        .hasMessageContaining("no title");
  }
}
