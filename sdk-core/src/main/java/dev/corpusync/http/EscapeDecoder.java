package dev.corpusync.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes a text byte by byte, whatever escapes it is written with, mixed and nested to any depth:
 * {@code %2b}, {@code +}, {@code \/}, {@code &#43;}, {@code &amp;#x2b;}, {@code %252B}. An escape
 * is read as soon as it is complete and may in turn complete one that began before it. What is no
 * escape stays as it is. Takes linear time; not for use by two threads.
 */
final class EscapeDecoder {
  /** Nothing of use is escaped deeper than this. */
  private static final int DEPTH = 6;

  private static final int MOST_PENDING = 64;

  private final SecretMatcher to;

  /** What may still become part of an escape, each byte with the place that it was written at. */
  private final byte[] pending = new byte[MOST_PENDING + 8];

  /** A backslash that was itself written as an escape does not escape another backslash. */
  private final boolean[] escaped = new boolean[pending.length];

  private final int[] starts = new int[pending.length];
  private final int[] ends = new int[pending.length];

  /** Where the escapes begin that are not complete yet, the innermost one last. */
  private final int[] begun = new int[DEPTH + 1];

  private int length;
  private int depth;

  EscapeDecoder(SecretMatcher to) {
    this.to = to;
  }

  void decode(byte[] text) {
    for (int at = 0; at < text.length; at++) {
      byte next = text[at];
      if (depth == 0 && !begins(next)) {
        to.accept(next, at, at + 1);
      } else {
        add(next, at, at + 1);
        escaped[length - 1] = false;
        settle();
      }
    }
    flush();
  }

  /** Decodes a text that no escape may be left in, to compare others with it. */
  static byte[] canonical(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[bytes.length];
    int[] length = {0};
    new EscapeDecoder((value, start, end) -> decoded[length[0]++] = value).decode(bytes);
    return Arrays.copyOf(decoded, length[0]);
  }

  private static boolean begins(byte value) {
    return value == '%' || value == '\\' || value == '&';
  }

  private void add(byte value, int start, int end) {
    pending[length] = value;
    starts[length] = start;
    ends[length] = end;
    length++;
  }

  /** Takes in the newest byte, which may begin an escape, or end some. */
  private void settle() {
    while (true) {
      int newest = length - 1;
      if (begins(pending[newest]) && !isDoubled(newest)) {
        begun[depth++] = newest;
        makeRoom();
        return;
      }
      int read = depth == 0 ? Escape.NONE : Escape.read(pending, begun[depth - 1], length);
      if (read == Escape.INCOMPLETE) {
        makeRoom();
        return;
      }
      if (read == Escape.NONE) {
        // Those around it hold it, and so are none either.
        flush();
        return;
      }
      replace(begun[depth - 1], read);
    }
  }

  private boolean isDoubled(int newest) {
    return depth > 0
        && begun[depth - 1] == newest - 1
        && pending[newest] == '\\'
        && pending[newest - 1] == '\\'
        && !escaped[newest]
        && !escaped[newest - 1];
  }

  private void replace(int from, int codePoint) {
    int start = starts[from];
    int end = ends[length - 1];
    escaped[from] = length - from > 2 || pending[from] != '\\';
    length = from;
    depth--;
    if (codePoint < 0x80) {
      add((byte) codePoint, start, end);
    } else if (codePoint <= 0xff && pending[from] == '%') {
      // one byte of several
      add((byte) codePoint, start, end);
    } else {
      for (byte each : new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8)) {
        add(each, start, end);
      }
    }
  }

  /** Gives up on the outermost escapes when there are too many, or they become too long. */
  private void makeRoom() {
    while (depth > DEPTH || length >= MOST_PENDING) {
      int kept = depth > 1 ? begun[1] : length;
      for (int i = 0; i < kept; i++) {
        to.accept(pending[i], starts[i], ends[i]);
      }
      length -= kept;
      System.arraycopy(pending, kept, pending, 0, length);
      System.arraycopy(escaped, kept, escaped, 0, length);
      System.arraycopy(starts, kept, starts, 0, length);
      System.arraycopy(ends, kept, ends, 0, length);
      depth = Math.max(0, depth - 1);
      for (int i = 0; i < depth; i++) {
        begun[i] = begun[i + 1] - kept;
      }
    }
  }

  private void flush() {
    for (int i = 0; i < length; i++) {
      to.accept(pending[i], starts[i], ends[i]);
    }
    length = 0;
    depth = 0;
  }
}
