package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.Database;
import java.util.Arrays;
import java.util.List;

/** The arguments of a benchmark: "sqlite" or "postgres" or both, records=N, rounds=N. */
record Options(boolean sqlite, boolean postgres, int records, int rounds) {
  static Options parse(String[] args, int records) {
    List<String> given = Arrays.asList(args);
    boolean all = !given.contains("sqlite") && !given.contains("postgres");
    return new Options(
        all || given.contains("sqlite"),
        all || given.contains("postgres"),
        number(given, "records", records),
        number(given, "rounds", 5));
  }

  private static int number(List<String> given, String name, int fallback) {
    return given.stream()
        .filter(arg -> arg.startsWith(name + "="))
        .map(arg -> Integer.parseInt(arg.substring(name.length() + 1)))
        .findFirst()
        .orElse(fallback);
  }

  /** Opens one database after the other. */
  void each(Work work) throws Exception {
    if (sqlite) {
      try (Database database = Database.sqlite()) {
        work.on(database);
      }
    }
    if (postgres) {
      try (Database database = Database.postgres()) {
        work.on(database);
      }
    }
  }

  /** A benchmark on one database. */
  interface Work {
    void on(Database database) throws Exception;
  }
}
