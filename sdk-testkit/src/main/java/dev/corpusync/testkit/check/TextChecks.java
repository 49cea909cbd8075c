package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Ref;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.probe.FieldPaths;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.world.Thing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** TRF: whatever people write, it can be found. */
public abstract class TextChecks extends Area {
  /** What people write, with what must be found of it: words, not marks. */
  private static final Map<String, List<String>> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put(
        "Grüße aus Köln. שלום עולם. مرحبا. こんにちは 😀 👩‍👩‍👧",
        List.of("Grüße", "Köln", "שלום", "مرحبا", "こんにちは", "😀"));
    TEXTS.put("Fish & chips, a < b and c > d, x && y", List.of("Fish", "chips", "b and c"));
    TEXTS.put("<p>Hello <b>bold</b> world</p>", List.of("Hello", "bold", "world"));
    TEXTS.put("Tom &amp; Jerry &lt;3", List.of("Tom", "Jerry"));
    TEXTS.put("# Heading\n\n* one\n* two\n\n```\ncode();\n```", List.of("Heading", "one", "code"));
    TEXTS.put("zero\u200bwidth, \u202eright\u202c and \ufeffmarked", List.of("right", "marked"));
    TEXTS.put("a nul \u0000 here, half a pair \ud83d there", List.of("nul", "here", "there"));
    TEXTS.put("line ends\r\n\r\nof Windows\u2028and others", List.of("of Windows", "others"));
    TEXTS.put("${env} {{mustache}} %s {} \\n ' \" --", List.of("env", "mustache"));
  }

  public TextChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "TRF-13",
      rule = "Text in any script, and with any marks in it, can be found",
      does =
          "Nine texts in many scripts, with markup, entities, placeholders, NUL and half a "
              + "surrogate pair, under a title in three scripts. The words of each must be "
              + "stored; what becomes of marks is the connector's affair.",
      why = "What is not stored is not found.",
      whenItFails = "Use a parser for markup, and only where the source has markup.")
  public final void any_text_can_be_found() {
    for (DocumentStream stream : subject().documentStreams()) {
      try (Trial trial = trial()) {
        List<Thing> things = trial.world().visible(stream.kind().name());
        assertThat(things).as("things").hasSizeGreaterThan(TEXTS.size());
        int next = 0;
        for (String text : TEXTS.keySet()) {
          trial.world().write(things.get(next), text);
          trial.world().rename(things.get(next), "No. " + next + " – Ümläut 😀 שלום & <more>");
          next++;
        }
        whole(trial, "with texts of all sorts");
        int at = 0;
        for (List<String> words : TEXTS.values()) {
          Thing thing = things.get(at++);
          StoredDocument document =
              Optional.ofNullable(trial.index().documents().get(subject().ref(stream, thing)))
                  .orElseThrow();
          assertThat(document.title())
              .as("the title of %s", thing)
              .contains("Ümläut", "😀", "שלום");
          if (shows(thing)) {
            assertThat(String.join("\n", Index.texts(document)))
                .as("what is stored of the text of %s", thing)
                .contains(words);
          }
        }
      }
    }
  }

  @Check(
      id = "TRF-17",
      rule = "A long text is stored to its end, and no letter is cut in two",
      does =
          "Texts of half a million letters, one of them of emoji only, end with a word: it must be "
              + "stored, and no letter be cut in two.",
      why = "A text that ends early ends without saying so, and half an emoji is not UTF-8.",
      whenItFails = "Cut nothing; `body` makes a passage of each paragraph.",
      level = Check.Level.SHOULD)
  public final void a_long_text_is_stored_to_its_end() {
    for (DocumentStream stream : subject().documentStreams()) {
      try (Trial trial = trial()) {
        List<Thing> things = trial.world().visible(stream.kind().name());
        trial.world().write(things.get(0), "x" + "😀".repeat(60_000));
        trial.world().write(things.get(1), "many words ".repeat(50_000));
        trial.world().write(things.get(2), "a paragraph\n\n".repeat(3_000));
        whole(trial, "with texts of half a million letters");
        assertThat(String.join("", trial.index().text().values()))
            .as("documents, with letters that were cut")
            .doesNotContain("\ufffd");
      }
    }
  }

  @Check(
      id = "TRF-15",
      rule = "What has a title and no text is found by its title",
      does = "The text of a record is empty. It must be stored with its title.",
      why = "The title is often all that there is to find.",
      whenItFails = "An empty text is no missing one.",
      level = Check.Level.SHOULD,
      needs = Need.PLAIN_TEXT)
  public final void a_title_alone_is_found() {
    for (DocumentStream stream : subject().documentStreams()) {
      try (Trial trial = trial()) {
        Thing bare = trial.world().visible(stream.kind().name()).get(0);
        ObjectNode plain = subject().wire().surface().shown(bare).orElseThrow();
        List<JsonPointer> texts = FieldPaths.where(plain, v -> v.asString("").equals(bare.text()));
        trial
            .quirks()
            .record(
                json -> {
                  ObjectNode changed = json;
                  for (JsonPointer at : json.equals(plain) ? texts : List.<JsonPointer>of()) {
                    changed = FieldPaths.with(changed, at, JsonTree.object("v", "").get("v"));
                  }
                  return changed;
                });
        succeeded(trial.sync(), "with a record that has no text");
        Ref ref = subject().ref(stream, bare);
        assertThat(
                Optional.ofNullable(trial.index().documents().get(ref)).map(StoredDocument::title))
            .as("the title of %s, which has no text", bare)
            .hasValueSatisfying(title -> assertThat(title).contains(bare.title()));
        trial.index().isWholeBut(ref, "with a record that has no text");
      }
    }
  }

  /** Whether the wire format shows the text of a thing at all. */
  private boolean shows(Thing thing) {
    return subject().wire().surface().showsText(thing.kind())
        && subject().wire().surface().shown(thing).orElseThrow().toString().contains(thing.mark());
  }
}
