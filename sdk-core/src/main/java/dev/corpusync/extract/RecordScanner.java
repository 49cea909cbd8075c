package dev.corpusync.extract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the records of a body that a parser refuses as a whole, by its quotes and brackets alone,
 * so that one bad record fails alone (P10). Not for use by two threads.
 */
final class RecordScanner {
  private final byte[] body;
  private int at;

  /** The structure around the records cannot be read either. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super(null, null, false, false);
    }
  }

  /** The bytes from {@code start} up to {@code end}. */
  record Slice(int start, int end) {}

  /**
   * What was found.
   *
   * @param array the array of the records with its brackets
   */
  record Found(Slice array, List<Slice> records) {}

  private RecordScanner(byte[] body) {
    this.body = body;
  }

  /**
   * Finds the elements of an array.
   *
   * @param body in UTF-8, or in something that differs from it only within strings
   */
  static Optional<Found> find(byte[] body, String path) {
    RecordScanner scanner = new RecordScanner(body);
    try {
      for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
        scanner.enter(name);
      }
      return Optional.of(scanner.elements());
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private void enter(String name) throws Unreadable {
    if (next() == '{') {
      enterField(name.getBytes(StandardCharsets.UTF_8));
    } else if (next() == '[' && name.matches("0|[1-9][0-9]{0,8}")) {
      take('[');
      for (int left = Integer.parseInt(name); left > 0; left--) {
        skip();
        take(',');
      }
    } else {
      throw new Unreadable();
    }
  }

  private void enterField(byte[] name) throws Unreadable {
    take('{');
    while (true) {
      next();
      int start = at;
      skipString();
      boolean found = Arrays.equals(body, start + 1, at - 1, name, 0, name.length);
      take(':');
      if (found) {
        return;
      }
      skip();
      take(',');
    }
  }

  private Found elements() throws Unreadable {
    take('[');
    int start = at - 1;
    List<Slice> all = new ArrayList<>();
    if (next() != ']') {
      all.add(element());
      while (next() == ',') {
        take(',');
        all.add(element());
      }
    }
    take(']');
    return new Found(new Slice(start, at), List.copyOf(all));
  }

  private Slice element() throws Unreadable {
    next();
    int start = at;
    skip();
    return new Slice(start, at);
  }

  /** Passes over one value; no deeper nesting needs a deeper stack. */
  private void skip() throws Unreadable {
    BitSet objects = new BitSet();
    int depth = 0;
    do {
      int c = next();
      if (c == '"') {
        skipString();
      } else if (c == '{' || c == '[') {
        objects.set(depth++, c == '{');
        at++;
      } else if (c == '}' || c == ']') {
        if (depth == 0 || objects.get(--depth) != (c == '}')) {
          throw new Unreadable();
        }
        at++;
      } else if (depth > 0 && (c == ',' || c == ':')) {
        at++;
      } else {
        skipScalar();
      }
    } while (depth > 0);
  }

  private void skipScalar() throws Unreadable {
    int start = at;
    while (at < body.length && "\",:[]{} \t\r\n".indexOf(body[at]) < 0) {
      at++;
    }
    if (at == start) {
      throw new Unreadable();
    }
  }

  private void skipString() throws Unreadable {
    take('"');
    while (byteAt() != '"') {
      at += byteAt() == '\\' ? 2 : 1;
    }
    at++;
  }

  private void take(char expected) throws Unreadable {
    if (next() != expected) {
      throw new Unreadable();
    }
    at++;
  }

  /** The next byte that is no white space, without passing over it. */
  private int next() throws Unreadable {
    while (byteAt() == ' ' || byteAt() == '\t' || byteAt() == '\r' || byteAt() == '\n') {
      at++;
    }
    return byteAt();
  }

  private int byteAt() throws Unreadable {
    if (at >= body.length) {
      throw new Unreadable();
    }
    return body[at];
  }
}
