package dev.corpusync.describe;

import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.Setting;
import dev.corpusync.error.InvalidConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Renders a configuration as an HTML form. It works without a framework and, except for conditional
 * fields, without a script. It is posted as {@code application/x-www-form-urlencoded} and read by
 * {@link FormPost}. Immutable.
 *
 * @since 0.1
 */
public final class ConfigurationForm {
  private final Descriptor descriptor;
  private final String target;
  private final Map<String, String> values;
  private final Map<String, OptionPage> choices;
  private final Optional<InvalidConfigurationException> problem;

  private ConfigurationForm(
      Descriptor descriptor,
      String target,
      Map<String, String> values,
      Map<String, OptionPage> choices,
      Optional<InvalidConfigurationException> problem) {
    this.descriptor = descriptor;
    this.target = target;
    this.values = Map.copyOf(values);
    this.choices = Map.copyOf(choices);
    this.problem = problem;
  }

  /**
   * Starts an empty form.
   *
   * @param target the address that it is posted to
   */
  public static ConfigurationForm of(Descriptor descriptor, String target) {
    return new ConfigurationForm(descriptor, target, Map.of(), Map.of(), Optional.empty());
  }

  /** Sets the values that were filled in before. Secrets among them are not shown. */
  public ConfigurationForm values(Map<String, String> filledIn) {
    return new ConfigurationForm(descriptor, target, filledIn, choices, problem);
  }

  /** Sets the fetched options, by setting. */
  public ConfigurationForm choices(Map<String, OptionPage> fetched) {
    return new ConfigurationForm(descriptor, target, values, fetched, problem);
  }

  /** Shows an error at its field. */
  public ConfigurationForm problem(InvalidConfigurationException refused) {
    return new ConfigurationForm(descriptor, target, values, choices, Optional.of(refused));
  }

  /** Returns the form alone, for a page that includes {@link #style} and {@link #script}. */
  public String html() {
    return form().toString();
  }

  /** Returns a whole page with the form. */
  public String page() {
    HtmlElement head =
        HtmlElement.of("head")
            .add(HtmlElement.of("meta").with("charset", "utf-8"))
            .add(
                HtmlElement.of("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1"))
            .add(HtmlElement.of("title").text("Connect " + descriptor.title()))
            .add(HtmlElement.of("style").literal(style()));
    HtmlElement body =
        HtmlElement.of("body")
            .add(HtmlElement.of("main").add(header()).add(form()))
            .add(HtmlElement.of("script").literal(script()));
    return "<!DOCTYPE html>\n" + HtmlElement.of("html").with("lang", "en").add(head).add(body);
  }

  public static String style() {
    return resource("form.css");
  }

  /** Returns the script that shows and hides fields; hidden ones are not sent. */
  public static String script() {
    return resource("form.js");
  }

  private HtmlElement header() {
    HtmlElement header = HtmlElement.of("header");
    descriptor
        .icon()
        .ifPresent(
            icon -> header.add(HtmlElement.of("img").with("src", icon.toString()).with("alt", "")));
    header.add(HtmlElement.of("h1").text("Connect " + descriptor.title()));
    descriptor.docs().forEach(link -> header.add(link(link.title(), link.address())));
    return header;
  }

  private static HtmlElement link(String title, URI address) {
    return HtmlElement.of("p")
        .add(HtmlElement.of("a").with("href", address.toString()).text(title));
  }

  private HtmlElement form() {
    HtmlElement form = HtmlElement.of("form").with("method", "post").with("action", target);
    problem
        .filter(p -> descriptor.settings().stream().noneMatch(s -> s.name().equals(p.field())))
        .ifPresent(
            p -> form.add(HtmlElement.of("p").with("class", "problem").text(p.getMessage())));
    List<Setting<?>> connection =
        descriptor.settings().stream()
            .filter(s -> !descriptor.syncFilters().contains(s))
            .filter(s -> !descriptor.indexFilters().contains(s))
            .toList();
    form.add(fields(connection));
    group("What is read", descriptor.syncFilters()).ifPresent(form::add);
    group("What is kept", descriptor.indexFilters()).ifPresent(form::add);
    return form.add(HtmlElement.of("button").with("type", "submit").text("Connect"));
  }

  private Optional<HtmlElement> group(String title, List<Setting<?>> settings) {
    return settings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            HtmlElement.of("section").add(HtmlElement.of("h2").text(title)).add(fields(settings)));
  }

  private List<HtmlElement> fields(List<Setting<?>> settings) {
    return settings.stream().map(this::field).toList();
  }

  private HtmlElement field(Setting<?> setting) {
    Optional<String> value =
        Optional.ofNullable(values.get(setting.name()))
            .or(setting::fallback)
            .filter(v -> !setting.isSecret());
    Optional<String> wrong =
        problem
            .filter(p -> p.field().equals(setting.name()))
            .map(p -> setting.label() + " " + p.problem());
    return new FormField(setting, value, choices.get(setting.name()), wrong).tag();
  }

  private static String resource(String name) {
    try (InputStream stream = ConfigurationForm.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, "the jar lacks " + name).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
