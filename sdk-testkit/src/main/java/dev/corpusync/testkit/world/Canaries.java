package dev.corpusync.testkit.world;

import java.util.Map;
import java.util.TreeMap;

/** Words that stand only in what may not be stored, each with the thing that it is of. */
final class Canaries {
  private final Map<String, Thing> words = new TreeMap<>();

  /** What could never be stored: its id tells of it. */
  void unborn(Thing thing) {
    words.put(thing.id(), thing);
  }

  String comment(Thing thing, int number) {
    String word = "canary-comment-" + number;
    words.put(word, thing);
    return word + ". ";
  }

  void rewrite(Thing thing) {
    thing.version++;
    thing.title = "canary-title-" + thing.number + "-" + thing.version;
    thing.text = "canary-text-" + thing.number + "-" + thing.version;
    words.put(thing.title, thing);
    words.put(thing.text, thing);
  }

  /** What was private of it is no longer, if it is visible now. */
  void forgive(Thing thing) {
    if (thing.isVisible()) {
      words.values().removeIf(thing::equals);
    }
  }

  Map<String, Thing> all() {
    return Map.copyOf(words);
  }
}
