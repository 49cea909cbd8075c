package dev.corpusync.testkit.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words that are looked for all at once: the bytes of a store are long, and secrets have many
 * pieces. Immutable.
 */
public final class WordSearch {
  private static final int BEGINNINGS = 1 << 16;
  private final Map<Integer, List<String>> words = new HashMap<>();
  private final boolean[] beginnings = new boolean[BEGINNINGS];

  private WordSearch() {}

  /** Words of fewer than two characters are everywhere, and not looked for. */
  public static WordSearch of(Collection<String> words) {
    WordSearch needles = new WordSearch();
    for (String word : words) {
      if (word.length() >= 2) {
        int beginning = beginning(word.charAt(0), word.charAt(1));
        needles.beginnings[beginning] = true;
        needles.words.computeIfAbsent(beginning, b -> new ArrayList<>()).add(word);
      }
    }
    return needles;
  }

  /** Where each word that is in a text comes first. */
  public Map<String, Integer> in(String text) {
    Map<String, Integer> found = new TreeMap<>();
    char[] all = text.toCharArray();
    for (int at = 0; at < all.length - 1; at++) {
      int beginning = beginning(all[at], all[at + 1]);
      if (beginnings[beginning]) {
        for (String word : words.getOrDefault(beginning, List.of())) {
          if (text.startsWith(word, at)) {
            found.putIfAbsent(word, at);
          }
        }
      }
    }
    return found;
  }

  private static int beginning(char first, char second) {
    return (first * 31 + second) & (BEGINNINGS - 1);
  }
}
