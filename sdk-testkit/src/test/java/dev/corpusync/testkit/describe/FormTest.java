package dev.corpusync.testkit.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.Setting;
import dev.corpusync.describe.ConfigurationForm;
import dev.corpusync.describe.FormPost;
import dev.corpusync.error.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormTest {
  private static final String EVIL = "\"'><script>alert(1)</script>&<!--";
  private static final Descriptor WIKI =
      Descriptor.selfHosted("wiki", "Wiki")
          .docs("How to make a token", "https://wiki.example.com/help")
          .settings(
              AllFieldTypes.HOSTING,
              AllFieldTypes.SITE,
              AllFieldTypes.PORT,
              AllFieldTypes.TEAM,
              AllFieldTypes.PASSWORD,
              AllFieldTypes.OWNER,
              AllFieldTypes.DEPTH)
          .syncFilters(
              AllFieldTypes.PROJECT,
              AllFieldTypes.SPACES,
              AllFieldTypes.PERIOD,
              AllFieldTypes.SINCE)
          .indexFilters(AllFieldTypes.LEVELS, AllFieldTypes.ARCHIVED, AllFieldTypes.CONTACT)
          .build();

  @Test
  void draws_every_field_with_a_label_of_its_own() throws IOException {
    String page = ConfigurationForm.of(WIKI, "/connect").page();
    look("wiki.html", page);

    for (Setting<?> setting : WIKI.settings()) {
      assertThat(page).contains("data-field=\"" + setting.name() + "\"").contains(setting.label());
    }
    Matcher labels = Pattern.compile("<label for=\"([^\"]*)\"").matcher(page);
    while (labels.find()) {
      assertThat(page).contains("id=\"" + labels.group(1) + "\"");
    }
    Matcher said = Pattern.compile("aria-describedby=\"([^\"]*)\"").matcher(page);
    while (said.find()) {
      assertThat(page).contains("id=\"" + said.group(1).split(" ")[0] + "\"");
    }
    assertThat(page.split("<(input|select|textarea) ")).hasSizeGreaterThan(15);
  }

  @Test
  void escapes_whatever_comes_from_elsewhere() {
    Setting<String> field =
        Setting.text("evil", EVIL).help(EVIL).example(EVIL).pattern(".*", EVIL).withDefault(EVIL);
    Setting<String> choice = Setting.select("choice", EVIL, Option.of("a" + EVIL, EVIL)).optional();
    Setting<String> other = Setting.select("other", EVIL).fetched().shownIf(choice, "a" + EVIL);
    Setting<List<String>> several = Setting.list("several", EVIL).optional();
    Descriptor descriptor =
        Descriptor.of("evil", EVIL, "https://evil.example")
            .settings(field, choice, other, several)
            .build();
    String page =
        ConfigurationForm.of(descriptor, EVIL)
            .values(Map.of("evil", EVIL, "several", "</textarea>" + EVIL, "other", EVIL))
            .choices(Map.of("other", new OptionPage(List.of(Option.of(EVIL)), Optional.of("x"))))
            .problem(new InvalidConfigurationException("evil", EVIL))
            .page();
    String ours =
        page.replace(ConfigurationForm.script(), "").replace(ConfigurationForm.style(), "");

    assertThat(ours).contains("&lt;script&gt;").doesNotContain("<script>alert", EVIL, "<!--");
    assertThat(ours.split("<script>")).hasSize(2);
  }

  @Test
  void shows_no_secret_and_names_what_was_wrong_at_its_field() throws IOException {
    Map<String, String> given =
        Map.of("team", "Red", "proxy_password", "s3cret", "hosting", "server", "archived", "true");
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                Configuration.of(
                    WIKI.settings(),
                    Map.of("base_url", "https://x.example", "team", "Red", "spaces", "ab")));
    ConfigurationForm form = ConfigurationForm.of(WIKI, "/connect").values(given).problem(refused);
    look("wiki-refused.html", form.page());
    String html = form.html();

    assertThat(html)
        .contains("value=\"Red\"")
        .contains("id=\"team-problem\">Team must be lower case letters")
        .contains("aria-describedby=\"team-hint team-problem\" aria-invalid=\"true\"")
        .doesNotContain("s3cret");
  }

  @Test
  void what_was_chosen_is_not_lost_where_the_choices_have_changed() {
    Setting<List<String>> spaces = Setting.multiSelect("spaces", "Spaces").fetched().optional();
    ConfigurationForm form =
        ConfigurationForm.of(Descriptor.selfHosted("w", "W").settings(spaces).build(), "/")
            .values(Map.of("spaces", "old , new, , "));
    List<Option> choices = List.of(Option.of("new"), Option.of("newer"));

    assertThat(form.choices(Map.of("spaces", new OptionPage(choices, Optional.empty()))).html())
        .contains("value=\"old\" checked", "value=\"new\" checked", "value=\"newer\">");
    assertThat(form.choices(Map.of("spaces", new OptionPage(choices, Optional.of("2")))).html())
        .contains("<textarea", "old\nnew</textarea>", "There are more choices");
  }

  @Test
  void is_drawn_again_with_whatever_was_wrong() {
    for (Setting<?> setting : WIKI.settings()) {
      for (String wrong : List.of("", ",", "/", "\u0000,\ud83d", "x".repeat(100_000), "a/b/c")) {
        String html =
            ConfigurationForm.of(WIKI, "/")
                .values(Map.of(setting.name(), wrong))
                .choices(
                    Map.of("project", new OptionPage(List.of(Option.of("p")), Optional.empty())))
                .html();

        assertThat(html).contains("data-field=\"" + setting.name() + "\"");
      }
    }
  }

  /** Writes it to where it can be looked at. */
  private static void look(String name, String page) throws IOException {
    Files.writeString(Files.createDirectories(Path.of("target", "forms")).resolve(name), page);
  }

  @Test
  void what_a_browser_sends_is_a_configuration() {
    Map<String, List<String>> posted = new HashMap<>();
    posted.put("base_url", List.of("https://wiki.example.com/"));
    posted.put("hosting", List.of("cloud"));
    posted.put("site", List.of("not asked for"));
    posted.put("port", List.of(""));
    posted.put("team", List.of(" red "));
    posted.put("proxy_password", List.of("s3cret"));
    posted.put("owner", List.of(""));
    posted.put("depth", List.of("4"));
    posted.put("project", List.of(""));
    posted.put("spaces", List.of("ab\r\ncd\r\n\r\nef,gh"));
    posted.put("period.from", List.of("2026-01-01"));
    posted.put("period.to", List.of(""));
    posted.put("since", List.of(""));
    posted.put("levels", List.of("low", "high"));
    posted.put("contact", List.of(""));
    Configuration read =
        Configuration.of(WIKI.settings(), FormPost.values(WIKI.settings(), posted));

    assertThat(read.settings().get(AllFieldTypes.SPACES)).containsExactly("ab", "cd", "ef", "gh");
    assertThat(read.settings().get(AllFieldTypes.LEVELS)).containsExactly("low", "high");
    assertThat(read.settings().get(AllFieldTypes.ARCHIVED)).isFalse();
    assertThat(read.settings().get(AllFieldTypes.PERIOD)).hasToString("2026-01-01/..");
    assertThat(read.settings().get(AllFieldTypes.TEAM)).isEqualTo("red");
    assertThat(read.settings().find(AllFieldTypes.SITE)).isEmpty();
    assertThat(read.secrets()).containsOnlyKeys("proxy_password");
  }

  @Test
  void nothing_ticked_is_none_and_not_the_default() {
    Setting<Boolean> on = Setting.checkbox("on", "On").withDefault("true");
    List<Setting<?>> settings = List.of(on, AllFieldTypes.LEVELS);
    Configuration read = Configuration.of(settings, FormPost.values(settings, Map.of()));

    assertThat(read.settings().get(on)).isFalse();
    assertThat(read.settings().get(AllFieldTypes.LEVELS)).isEmpty();
  }

  @Test
  void a_field_that_nobody_declared_is_refused_by_name() {
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                Configuration.of(
                    WIKI.settings(),
                    FormPost.values(WIKI.settings(), Map.of("tema", List.of("red")))));

    assertThat(refused.field()).isEqualTo("tema");
  }
}
