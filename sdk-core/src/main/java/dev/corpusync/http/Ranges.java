package dev.corpusync.http;

import java.util.Arrays;

/** Ranges of a text that are to be replaced. Those that overlap are one. */
final class Ranges {
  private long[] ranges = new long[0];
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  void add(int start, int end) {
    if (count > 0) {
      long last = ranges[count - 1];
      if (start(last) <= start && start <= end(last)) {
        ranges[count - 1] = range(start(last), Math.max(end, end(last)));
        return;
      }
    }
    if (count == ranges.length) {
      ranges = Arrays.copyOf(ranges, Math.max(4, count * 2));
    }
    ranges[count++] = range(start, end);
  }

  /** Returns the text with each range replaced. */
  byte[] replace(byte[] text, byte[] replacement) {
    Arrays.sort(ranges, 0, count);
    byte[] out =
        new byte[Math.addExact(text.length, Math.multiplyExact(count, replacement.length))];
    int length = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (end(ranges[i]) <= at) {
        continue;
      }
      int start = Math.max(at, start(ranges[i]));
      System.arraycopy(text, at, out, length, start - at);
      length += start - at;
      // one that overlaps the one before continues it
      if (start > at || i == 0) {
        System.arraycopy(replacement, 0, out, length, replacement.length);
        length += replacement.length;
      }
      at = end(ranges[i]);
    }
    System.arraycopy(text, at, out, length, text.length - at);
    return Arrays.copyOf(out, length + text.length - at);
  }

  private static long range(int start, int end) {
    return (long) start << 32 | end;
  }

  private static int start(long range) {
    return (int) (range >> 32);
  }

  private static int end(long range) {
    return (int) range;
  }
}
