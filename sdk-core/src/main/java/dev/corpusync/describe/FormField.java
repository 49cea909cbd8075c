package dev.corpusync.describe;

import dev.corpusync.connection.Bounds;
import dev.corpusync.connection.DateRange;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Setting.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders one field of an HTML form: label, control, help, and error message. */
final class FormField {
  private static final Set<Type> SHAPED = Set.of(Type.URL, Type.EMAIL, Type.INSTANT);
  private final Setting<?> setting;
  private final String name;
  private final Optional<String> value;
  private final List<Option> fetched;
  private final boolean more;
  private final Optional<String> problem;

  FormField(
      Setting<?> setting,
      Optional<String> value,
      @Nullable OptionPage fetched,
      Optional<String> problem) {
    this.setting = setting;
    this.name = setting.name();
    this.value = value.map(String::strip);
    this.fetched = fetched == null ? List.of() : fetched.options();
    this.more = fetched != null && fetched.next().isPresent();
    this.problem = problem;
  }

  HtmlElement tag() {
    boolean several = isTicked() || setting.type() == Type.DATE_RANGE;
    HtmlElement field =
        HtmlElement.of(several ? "fieldset" : "div")
            .with("class", "field")
            .with("data-field", name);
    setting
        .shownIf()
        .ifPresent(
            condition ->
                field
                    .with("data-shown-by", condition.setting())
                    .with(
                        "data-shown-values",
                        JsonValueConverter.MAPPER.writeValueAsString(
                            condition.values().stream().sorted().toList())));
    if (setting.type() == Type.CHECKBOX) {
      field.add(HtmlElement.of("div").with("class", "tick").add(checkbox()).add(label()));
    } else if (several) {
      field.with("aria-describedby", described());
      field.add(captioned(HtmlElement.of("legend")));
      field.add(
          setting.type() == Type.DATE_RANGE
              ? List.of(HtmlElement.of("div").with("class", "days").add(days()))
              : ticks());
    } else {
      field.add(label()).add(control());
    }
    hint().ifPresent(h -> field.add(said("hint", h)));
    problem.ifPresent(p -> field.add(said("problem", p)));
    return field;
  }

  private HtmlElement label() {
    return captioned(HtmlElement.of("label").with("for", name));
  }

  private HtmlElement captioned(HtmlElement caption) {
    caption.text(setting.label());
    return mayBeEmpty()
        ? caption.add(HtmlElement.of("span").with("class", "optional").text(" (optional)"))
        : caption;
  }

  private boolean mayBeEmpty() {
    return !setting.isRequired() && setting.fallback().filter(v -> !v.isBlank()).isEmpty();
  }

  private HtmlElement said(String what, String text) {
    return HtmlElement.of("p").with("class", what).with("id", name + "-" + what).text(text);
  }

  private Optional<String> hint() {
    List<String> said = new ArrayList<>();
    setting.help().ifPresent(said::add);
    setting.patternSays().ifPresent(says -> said.add("Must be " + says + "."));
    if (setting.type().isSeveral() && !isTicked()) {
      said.add("One on each line.");
    }
    if (setting.type() == Type.INSTANT) {
      said.add("A time with its zone, such as 2026-01-31T00:00:00Z.");
    }
    if (more) {
      said.add("There are more choices than are shown here.");
    }
    return said.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", said));
  }

  /** The hints and problems that there are, by id. */
  private Optional<String> described() {
    List<String> ids = new ArrayList<>();
    hint().ifPresent(h -> ids.add(name + "-hint"));
    problem.ifPresent(p -> ids.add(name + "-problem"));
    return ids.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", ids));
  }

  private HtmlElement control() {
    return switch (setting.type()) {
      case SELECT -> setting.isFetched() ? suggested() : select();
      case LIST, MULTI_SELECT -> lines();
      default -> input();
    };
  }

  private HtmlElement named(String tag) {
    return HtmlElement.of(tag)
        .with("id", name)
        .with("name", name)
        .with("aria-describedby", described())
        .with("aria-invalid", problem.map(p -> "true"));
  }

  private HtmlElement input() {
    HtmlElement input = named("input").with("type", kind()).flag("required", setting.isRequired());
    input.with("value", value).with("placeholder", setting.example());
    if (setting.type() == Type.PASSWORD) {
      input.with("autocomplete", "new-password");
    }
    if (setting.type() == Type.NUMBER) {
      setting.bounds().ifPresent(b -> input.with("min", b.least()).with("max", b.most()));
      return input.with("step", 1);
    }
    setting.bounds().ifPresent(b -> length(b, input));
    Optional<String> syntax =
        SHAPED.contains(setting.type()) ? Optional.of(setting.type().syntax()) : Optional.empty();
    return input
        .with("pattern", setting.pattern().or(() -> syntax))
        .with("title", setting.patternSays().map(says -> "Must be " + says + "."));
  }

  private static void length(Bounds bounds, HtmlElement input) {
    input.with("minlength", bounds.least()).with("maxlength", bounds.most());
  }

  private String kind() {
    return switch (setting.type()) {
      case PASSWORD -> "password";
      case NUMBER -> "number";
      case URL -> "url";
      case EMAIL -> "email";
      default -> "text";
    };
  }

  private HtmlElement checkbox() {
    return named("input")
        .with("type", "checkbox")
        .with("value", "true")
        .flag("checked", value.equals(Optional.of("true")));
  }

  private HtmlElement select() {
    HtmlElement select = named("select").flag("required", setting.isRequired());
    if (value.isEmpty() || mayBeEmpty()) {
      select.add(HtmlElement.of("option").with("value", "").text(mayBeEmpty() ? "" : "Choose …"));
    }
    setting
        .options()
        .forEach(
            option ->
                select.add(
                    HtmlElement.of("option")
                        .with("value", option.value())
                        .flag("selected", value.equals(Optional.of(option.value())))
                        .text(option.label())));
    return select;
  }

  /** What was fetched is suggested; there may be more, so anything can be entered. */
  private HtmlElement suggested() {
    String list = name + "-choices";
    HtmlElement choices = HtmlElement.of("datalist").with("id", list);
    fetched.forEach(
        o -> choices.add(HtmlElement.of("option").with("value", o.value()).text(o.label())));
    return HtmlElement.of("div").add(input().with("list", list)).add(choices);
  }

  private HtmlElement lines() {
    String text = String.join("\n", chosen());
    return named("textarea")
        .with("rows", 3)
        .flag("required", setting.isRequired())
        .with("placeholder", setting.example().map(e -> e.replace(",", "\n")))
        // A line break at the start would be dropped.
        .text("\n" + text);
  }

  private boolean isTicked() {
    // Where there are more than we know, any must be possible to enter.
    return setting.type() == Type.MULTI_SELECT && !more && !choices().isEmpty();
  }

  private List<Option> choices() {
    return setting.options().isEmpty() ? fetched : setting.options();
  }

  private List<String> chosen() {
    return value.stream()
        .flatMap(v -> Stream.of(setting.kept(v).split(",")))
        .filter(v -> !v.isEmpty())
        .toList();
  }

  private List<HtmlElement> ticks() {
    Map<String, String> labels = new LinkedHashMap<>();
    choices().forEach(option -> labels.put(option.value(), option.label()));
    // What was chosen before and is no choice any more would be lost unseen.
    chosen().forEach(v -> labels.putIfAbsent(v, v));
    List<HtmlElement> all = new ArrayList<>();
    labels.forEach((v, label) -> all.add(tick(name + "-" + all.size(), v, label)));
    return all;
  }

  private HtmlElement tick(String id, String choice, String label) {
    HtmlElement box =
        HtmlElement.of("input")
            .with("type", "checkbox")
            .with("id", id)
            .with("name", name)
            .with("value", choice)
            .flag("checked", chosen().contains(choice));
    HtmlElement caption = HtmlElement.of("label").with("for", id).text(label);
    return HtmlElement.of("div").with("class", "tick").add(box).add(caption);
  }

  private List<HtmlElement> days() {
    String[] ends = value.map(v -> v.split("/", -1)).filter(e -> e.length == 2).orElse(OPEN);
    return List.of(day("From", FormPost.FROM, ends[0]), day("To", FormPost.TO, ends[1]));
  }

  private static final String[] OPEN = {DateRange.OPEN, DateRange.OPEN};

  private HtmlElement day(String label, String end, String day) {
    String id = name + end;
    HtmlElement input =
        HtmlElement.of("input").with("type", "date").with("id", id).with("name", id);
    if (!day.equals(DateRange.OPEN)) {
      input.with("value", day);
    }
    return HtmlElement.of("div")
        .with("class", "day")
        .add(HtmlElement.of("label").with("for", id).text(label))
        .add(input);
  }
}
