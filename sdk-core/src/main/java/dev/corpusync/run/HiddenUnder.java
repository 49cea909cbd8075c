package dev.corpusync.run;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Item;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A fingerprint of what decides which records of a scope are hidden: the version of its stream, the
 * settings and the containers that its visibility reads. Immutable.
 *
 * @param version of the stream
 * @param container of the scope
 */
record HiddenUnder(int version, Settings settings, Optional<Item> container) {
  private static final String VERSION = "version";
  private static final String CONTAINERS = "containers";

  /** Before the name of a setting, which no other entry begins with. */
  private static final String SETTING = "/";

  /**
   * The name and a hash of each thing that visibility depends on.
   *
   * @param before the text of an earlier page, whose names are kept
   * @param read what was read so far
   */
  String text(String before, List<Dependency> read) {
    Set<String> names = new TreeSet<>(Set.of(VERSION));
    entries(before).forEach(entry -> names.add(name(entry)));
    read.forEach(
        on -> names.add(on.isSetting() ? on.text().substring(on.text().indexOf('/')) : CONTAINERS));
    return names.stream().map(this::entry).collect(Collectors.joining(";"));
  }

  /** Whether one of the things that a text names is another one now. */
  boolean differs(String before) {
    return entries(before).stream().anyMatch(entry -> !entry.equals(entry(name(entry))));
  }

  private String entry(String name) {
    String value =
        switch (name) {
          case VERSION -> Integer.toString(version);
          case CONTAINERS -> chain();
          default ->
              name.startsWith(SETTING)
                  ? String.valueOf(settings.values().get(name.substring(SETTING.length())))
                  : "";
        };
    return name + ":" + Hash.of(value).substring(0, 16);
  }

  private String chain() {
    List<String> chain = new ArrayList<>();
    for (Optional<Item> at = container; at.isPresent(); at = at.get().findParent()) {
      chain.add(at.get().fingerprint());
    }
    return String.join(" ", chain);
  }

  private static List<String> entries(String text) {
    return Arrays.stream(text.split(";")).filter(entry -> !entry.isEmpty()).toList();
  }

  private static String name(String entry) {
    return entry.substring(0, entry.lastIndexOf(':'));
  }
}
