package dev.corpusync.testkit.random;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands for one sequence.
 *
 * @param value where the random starts
 * @param steps how many actions are drawn
 * @since 0.1
 */
public record Seed(long value, int steps) {
  /** As a line of a file of seeds: the value, the steps, and after {@code #} whatever helps. */
  static Seed parse(String line) {
    String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
    if (words.length != 2) {
      throw new IllegalArgumentException(
          "a line of a file of seeds is 'value steps # why', not '" + line + "'");
    }
    return new Seed(Long.parseLong(words[0]), Integer.parseInt(words[1]));
  }

  /**
   * Those that once failed, and are run for ever: the lines of a resource.
   *
   * @param resource on the class path of {@code owner}, in its package; none are kept if it is not
   *     there
   */
  public static List<Seed> kept(Class<?> owner, String resource) {
    List<Seed> all = new ArrayList<>();
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in != null) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .forEach(line -> all.add(parse(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the seeds in " + resource + " cannot be read", e);
    }
    return all;
  }

  /** As a line of a file of seeds. */
  @Override
  public String toString() {
    return value + " " + steps;
  }
}
