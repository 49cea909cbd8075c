package dev.corpusync.http;

import java.util.Arrays;
import java.util.Collection;

/**
 * Finds several byte strings in one text, in linear time (Knuth, Morris and Pratt), and reports the
 * ranges of the source that they were written at. Allocates nothing while it finds nothing. Not for
 * use by two threads.
 */
final class SecretSearch implements SecretMatcher {
  private final byte[][] sought;
  private final int[][] fallback;
  private final int[] matched;
  private final boolean[] first = new boolean[256];
  private final int mask;

  /** Of the last bytes, as many as the longest string has. */
  private final int[] starts;

  private Ranges found = new Ranges();
  private int read;
  private int under;

  SecretSearch(Collection<byte[]> strings) {
    sought = strings.toArray(byte[][]::new);
    fallback = new int[sought.length][];
    matched = new int[sought.length];
    int longest = 1;
    for (int i = 0; i < sought.length; i++) {
      fallback[i] = fallback(sought[i]);
      first[sought[i][0] & 0xff] = true;
      longest = Math.max(longest, sought[i].length);
    }
    int size = Integer.highestOneBit(longest) << 1;
    mask = size - 1;
    starts = new int[size];
  }

  /** For each length of a prefix, the longest shorter prefix that ends it too. */
  private static int[] fallback(byte[] string) {
    int[] table = new int[string.length + 1];
    int length = 0;
    for (int i = 1; i < string.length; i++) {
      while (length > 0 && string[i] != string[length]) {
        length = table[length];
      }
      length += string[i] == string[length] ? 1 : 0;
      table[i + 1] = length;
    }
    return table;
  }

  /** Begins another text. */
  SecretSearch into(Ranges ranges) {
    found = ranges;
    read = 0;
    under = 0;
    Arrays.fill(matched, 0);
    return this;
  }

  /** Searches a text as it is written. */
  void search(byte[] text) {
    for (int at = 0; at < text.length; at++) {
      accept(text[at], at, at + 1);
    }
  }

  @Override
  public void accept(byte value, int start, int end) {
    starts[read & mask] = start;
    read++;
    if (under == 0 && !first[value & 0xff]) {
      return;
    }
    under = 0;
    for (int i = 0; i < sought.length; i++) {
      byte[] string = sought[i];
      int length = matched[i];
      while (length > 0 && (length == string.length || string[length] != value)) {
        length = fallback[i][length];
      }
      length += string[length] == value ? 1 : 0;
      matched[i] = length;
      under += length;
      if (length == string.length) {
        found.add(starts[(read - length) & mask], end);
      }
    }
  }
}
