package dev.corpusync.testkit.world;

import java.util.List;
import java.util.Random;

/** What people at the source write about. */
final class Topics {
  private static final List<String> ALL =
      List.of("printer", "login", "invoice", "report", "search", "export");

  private Topics() {}

  static String any(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
