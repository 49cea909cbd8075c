package dev.corpusync.examples.demo;

import java.util.List;
import java.util.Random;

/** Texts of issues and comments; the same for the same seed. */
final class AcmeTexts {
  static final List<String> PEOPLE = List.of("ada", "cleo", "dan", "eve", "fay");
  private static final List<String> THINGS =
      List.of("Login", "Export", "Search", "Upload", "Invoice", "Report", "Import", "Backup");
  private static final List<String> FAILINGS =
      List.of("fails", "hangs", "is slow", "loses data", "shows a blank page", "asks twice");
  private static final List<String> MOMENTS =
      List.of(
          "after the update",
          "on Mondays",
          "behind a proxy",
          "with long names",
          "at midnight",
          "on the second try");
  private static final List<String> REMARKS =
      List.of(
          "I see the same here.",
          "It is gone once the cache is emptied.",
          "Reproduced on a fresh machine.",
          "The log says that the token has expired.",
          "A restart helps until the next day.",
          "Fixed in the next release, please try again.");
  private final Random random;

  AcmeTexts(long seed) {
    random = new Random(seed);
  }

  String title() {
    return pick(THINGS) + " " + pick(FAILINGS) + " " + pick(MOMENTS);
  }

  /** Two paragraphs. */
  String body(String title) {
    return title
        + " for "
        + (2 + random.nextInt(90))
        + " people.\n\nExpected: it works. "
        + pick(REMARKS);
  }

  String remark() {
    return pick(REMARKS);
  }

  String person() {
    return pick(PEOPLE);
  }

  /** The number of comments of an issue; most have none. */
  int comments() {
    return Math.max(0, random.nextInt(6) - 3);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
