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
 * Records which settings a scope reads, and whether one of them has changed since. When one has,
 * what is stored was read under other settings, and the scope is read in full; scopes that read
 * only other settings are not. Safe for many threads.
 */
final class SettingsFingerprint {
  /** Before the name of a setting that the listing of a part reads; no name begins with it. */
  private static final String BY_PARTS = "~";

  private final Settings settings;
  private final Settings watched;
  private final Settings watchedByParts;
  private final Set<String> read = new ConcurrentSkipListSet<>();
  private final Map<String, String> hashes = new ConcurrentHashMap<>();

  SettingsFingerprint(Settings settings) {
    this.settings = settings;
    watched = settings.watched(read::add);
    watchedByParts = settings.watched(name -> read.add(BY_PARTS + name));
  }

  /** The same settings; each that is read is recorded. */
  Settings watched() {
    return watched;
  }

  /** The same settings, for the listings of parts. */
  Settings watchedByParts() {
    return watchedByParts;
  }

  /**
   * The name and a hash of the value of each setting that was read so far.
   *
   * @param before the text of an earlier run, whose settings are kept
   */
  String text(String before) {
    Set<String> names = new TreeSet<>(read);
    names.addAll(entries(before).keySet());
    return names.stream().map(name -> name + ":" + hash(name)).collect(Collectors.joining(";"));
  }

  /** Whether a setting of an earlier text has another value now. */
  boolean differs(String before) {
    return !differing(before).isEmpty();
  }

  /** Whether a setting that parts were read under has another value now. */
  boolean differsForParts(String before) {
    return differing(before).stream().anyMatch(name -> name.startsWith(BY_PARTS));
  }

  private Set<String> differing(String before) {
    return entries(before).entrySet().stream()
        .filter(entry -> !entry.getValue().equals(hash(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private String hash(String name) {
    return hashes.computeIfAbsent(name, this::fresh);
  }

  private String fresh(String name) {
    String value = settings.values().get(name.startsWith(BY_PARTS) ? name.substring(1) : name);
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
