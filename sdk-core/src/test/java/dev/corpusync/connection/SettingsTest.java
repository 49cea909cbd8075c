package dev.corpusync.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Setting<URI> URL =
      Setting.url("base_url", "Address").withDefault("https://api.example.com/v1/");
  private static final Setting<Instant> FROM =
      Setting.instant("from", "From").withDefault("2026-01-01T00:00:00Z");
  private static final Setting<List<String>> SPACES =
      Setting.list("spaces", "Spaces").withDefault("");
  private static final Setting<String> TEAM = Setting.text("team", "Team");
  private static final List<Setting<?>> ALL = List.of(URL, FROM, SPACES, TEAM);

  @Test
  void reads_values_as_their_types() {
    Settings settings =
        of(Map.of("team", " red ", "spaces", " a, ,b ,", "base_url", "http://localhost:8080//"));

    assertThat(settings.get(TEAM)).isEqualTo("red");
    assertThat(settings.get(SPACES)).containsExactly("a", "b");
    assertThat(settings.get(URL)).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(settings.get(FROM)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void fills_defaults_in() {
    Settings settings = of(Map.of("team", "red"));

    assertThat(settings.get(URL)).isEqualTo(URI.create("https://api.example.com/v1"));
    assertThat(settings.get(SPACES)).isEmpty();
    assertThat(Settings.stored(settings.values())).isEqualTo(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "base_url,s3cret",
    "base_url,ftp://s3cret.example",
    "base_url,https://user:s3cret@example.com",
    "base_url,https:///s3cret",
    "base_url,/s3cret",
    "base_url,https://s3cret example",
    "base_url,javascript:s3cret",
    "from,s3cret",
    "from,2026-01-01",
    "from,2026-01-01T00:00:00",
    "team,''",
    "team,'  '"
  })
  void a_wrong_value_is_refused_by_its_field_and_never_shown(String field, String value) {
    Map<String, String> given = new HashMap<>(Map.of("team", "red"));
    given.put(field, value);

    refused(given, field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\u00a0", "\u200b"})
  void a_blank_value_counts_as_not_given(String blank) {
    Settings settings = of(Map.of("team", "red", "base_url", blank, "spaces", blank));

    assertThat(settings).isEqualTo(of(Map.of("team", "red")));
    refused(Map.of("team", blank), "team");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\nX-Evil: 1", "s3cret\r", "s3cret\u0000", "s3cret\t"})
  void a_value_of_several_lines_is_refused(String value) {
    refused(Map.of("team", value), "team");
    refused(Map.of("team", "red", "spaces", value), "spaces");
    refused(Map.of("team", "red", "base_url", "https://example.com/" + value), "base_url");
  }

  @Test
  void a_value_without_end_is_refused() {
    refused(Map.of("team", "s3cret".repeat(1_000)), "team");
  }

  @Test
  void a_long_value_ends_no_matcher_even_on_a_small_stack() throws InterruptedException {
    List<String> taken = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              for (String path :
                  List.of("%20".repeat(1_320), "a".repeat(3_900), "/".repeat(3_900))) {
                taken.add(URL.takes("https://a.example/" + path) + "");
                taken.add(URL.takes("https://a.example/" + path + " ü") + "");
              }
              taken.add(URL.takes("https://" + "a.".repeat(1_900) + "com") + "");
              taken.add(URL.takes("https://" + "a-".repeat(1_900) + "a") + "");
              taken.add(Setting.email("e", "E").takes("a.".repeat(120) + "a@b.co") + "");
              taken.add(SPACES.takes("x".repeat(499) + (",x" + "y".repeat(498)).repeat(999)) + "");
              taken.add(SPACES.takes(" ".repeat(900_000) + "x" + " ".repeat(90_000)) + "");
            },
            "small",
            256 << 10);
    small.start();
    small.join();

    assertThat(taken)
        .containsExactly(
            "true", "false", "true", "false", "true", "false", "false", "false", "true", "true",
            "true");
  }

  @Test
  void a_missing_field_and_an_unknown_one_are_refused_by_name() {
    refused(Map.of(), "team");
    refused(Map.of("team", "red", "Team", "s3cret"), "Team");
  }

  @Test
  void a_default_that_cannot_be_read_is_refused_at_once() {
    assertThatThrownBy(() -> Setting.url("base_url", "Address").withDefault("nowhere"))
        .isInstanceOf(ConnectorDefectException.class);
    assertThatThrownBy(() -> Setting.url("base_url", "Address").withDefault(""))
        .isInstanceOf(ConnectorDefectException.class);
    assertThatThrownBy(() -> Setting.instant("from", "From").withDefault(""))
        .isInstanceOf(ConnectorDefectException.class);
  }

  @Test
  void a_setting_that_was_not_declared_is_refused() {
    assertThatThrownBy(() -> of(Map.of("team", "red")).get(Setting.text("other", "Other")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("other");
  }

  @Test
  void one_name_is_declared_once() {
    assertThatThrownBy(
            () ->
                Descriptor.of("desk", "Desk", "https://example.com")
                    .settings(TEAM, Setting.list("team", "Teams"))
                    .build())
        .hasMessageContaining("team");
  }

  @Test
  void shows_names_only() {
    assertThat(of(Map.of("team", "s3cret")).toString()).contains("team").doesNotContain("s3cret");
  }

  private static Settings of(Map<String, String> given) {
    return Settings.of(ALL, given);
  }

  private static void refused(Map<String, String> given, String field) {
    assertThatThrownBy(() -> of(given))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e).hasMessageContaining(field).hasMessageNotContaining("s3cret");
            });
  }
}
