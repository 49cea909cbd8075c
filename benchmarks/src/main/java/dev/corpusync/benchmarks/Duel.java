package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.Contender;
import dev.corpusync.benchmarks.contender.Database;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs contenders in turns, A B C A B C …. Each round gives the ratio to the first contender of the
 * same round, which the load of the machine hardly affects; the median of the ratios is the result.
 */
final class Duel {
  private static final int WARM_UP = 10;
  private final String title;
  private final int records;
  private final int rounds;
  private final Map<String, Turn> turns = new LinkedHashMap<>();
  private final Map<String, List<Measured>> results = new LinkedHashMap<>();

  /** One turn: prepares, and measures only the work. */
  interface Turn {
    Measured take() throws SQLException, IOException;
  }

  Duel(String title, int records, int rounds) {
    this.title = title;
    this.records = records;
    this.rounds = rounds;
  }

  Duel add(String name, Turn turn) {
    turns.put(name, turn);
    return this;
  }

  /** A first full sync into an empty database. */
  Duel fresh(String name, Contender.Factory factory, URI source, Database database) {
    return add(
        name,
        () -> {
          database.clear();
          try (Contender contender = factory.open(source, database)) {
            Measured measured = Measured.of(contender::run);
            long chunks = database.count(contender.chunks());
            if (chunks != 2L * records) {
              throw new IllegalStateException(name + " stored " + chunks + " chunks");
            }
            return measured;
          }
        });
  }

  /** Runs all contenders to warm up, then in turns, and prints the table. */
  void run() throws SQLException, IOException {
    for (int i = 0; i < WARM_UP; i++) {
      for (Turn turn : turns.values()) {
        turn.take();
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Turn> turn : turns.entrySet()) {
        results
            .computeIfAbsent(turn.getKey(), name -> new ArrayList<>())
            .add(turn.getValue().take());
      }
    }
    print();
  }

  private void print() {
    System.out.printf(
        Locale.ROOT, "%n%s: %,d records, %d rounds in turns%n", title, records, rounds);
    System.out.printf(
        "| %-24s | %8s | %7s | %-11s | %9s | %10s |%n",
        "", "rec/s", "ratio", "(range)", "alloc kB", "CPU s/100k");
    System.out.println("|---|---|---|---|---|---|");
    List<Measured> first = results.values().iterator().next();
    results.forEach(
        (name, runs) -> {
          List<Double> ratios = new ArrayList<>();
          for (int i = 0; i < rounds; i++) {
            ratios.add(first.get(i).seconds() / runs.get(i).seconds());
          }
          ratios.sort(Double::compare);
          System.out.printf(
              Locale.ROOT,
              "| %-24s | %,8.0f | %7.2f | %4.2f – %4.2f | %9.1f | %10.1f |%n",
              name,
              records / median(runs, Measured::seconds),
              ratios.get(rounds / 2),
              ratios.get(0),
              ratios.get(rounds - 1),
              median(runs, Measured::allocated) / records / 1e3,
              median(runs, Measured::cpuSeconds) / records * 1e5);
        });
  }

  private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
