package dev.corpusync.run;

import dev.corpusync.connection.Settings;
import dev.corpusync.document.Hash;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * Which settings a scope was read under: those that its listing and its stream's answers looked at.
 * When one of them changes, what is stored is the answer to another question, and the scope is read
 * in full; what looked at others only is not touched. Safe for many threads.
 */
final class SettingsFingerprint {
  private final Settings settings;
  private final Set<String> read = new ConcurrentSkipListSet<>();
  private final Map<String, String> hashes = new ConcurrentHashMap<>();

  SettingsFingerprint(Settings settings) {
    this.settings = settings;
  }

  /** The same settings, which note what is looked at. */
  Settings watched() {
    return settings.watched(read::add);
  }

  /** Name and a hash of the value of each setting read so far or before. */
  String text(String before) {
    Set<String> names = new TreeSet<>(read);
    names.addAll(entries(before).keySet());
    return names.stream().map(name -> name + ":" + hash(name)).collect(Collectors.joining(";"));
  }

  /** Whether a setting that was read then has another value now. */
  boolean differs(String before) {
    return entries(before).entrySet().stream()
        .anyMatch(entry -> !entry.getValue().equals(hash(entry.getKey())));
  }

  private String hash(String name) {
    return hashes.computeIfAbsent(name, this::fresh);
  }

  private String fresh(String name) {
    String value = settings.values().get(name);
    return value == null ? "" : Hash.of(value).substring(0, 16);
  }

  private static Map<String, String> entries(String text) {
    return Arrays.stream(text.split(";"))
        .filter(entry -> !entry.isEmpty())
        .collect(
            Collectors.toMap(
                entry -> entry.substring(0, entry.lastIndexOf(':')),
                entry -> entry.substring(entry.lastIndexOf(':') + 1)));
  }
}
