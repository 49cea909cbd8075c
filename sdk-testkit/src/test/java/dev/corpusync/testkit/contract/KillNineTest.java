package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.store.Store;
import dev.corpusync.testkit.check.Area;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.store.Postgres;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.StoreSnapshot;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * CRASH-11: real processes die, at each commit and in each exchange, and another continues with the
 * same database. A loss of power, which loses what was not synced, is not covered.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "long")
class KillNineTest {
  private static final int SIZE = 12;
  private int number;

  @Test
  void on_files_of_SQLite(@TempDir Path folder) throws Exception {
    everyWay(() -> folder.resolve("corpus-" + ++number + ".db").toString());
  }

  @Test
  void on_PostgreSQL() throws Exception {
    everyWay(KillNineTest::emptyPostgres);
  }

  private static String emptyPostgres() {
    try (Connection connection = Postgres.emptyDatabase().getConnection()) {
      return connection.getMetaData().getURL() + "?user=postgres";
    } catch (SQLException e) {
      throw new IllegalStateException("the test's PostgreSQL does not say where it is", e);
    }
  }

  private void everyWay(Supplier<String> databases) throws Exception {
    CrashPlan counting = counted();
    String calm = calm(databases.get());
    long commits = counting.steps().stream().filter("commit"::equals).count();
    int exchanges = counting.steps().size() - (int) commits;
    assertThat(commits).as("commits of a sync that nobody disturbs").isGreaterThan(4);
    for (int commit = 1; commit <= commits; commit++) {
      for (boolean before : List.of(true, false)) {
        String database = databases.get();
        try (FakeServer server = server()) {
          assertThat(run(server, database, 1, commit, before).waitFor())
              .as("how a process ended at commit %s, before it: %s", commit, before)
              .isEqualTo(KilledProcess.KILLED);
          goesOn(server, database, calm);
        }
      }
    }
    for (int exchange = 1; exchange <= exchanges; exchange++) {
      String database = databases.get();
      try (FakeServer server = server()) {
        killIn(server, database, exchange);
        goesOn(server, database, calm);
      }
    }
  }

  /**
   * The parent answers the exchange, and kills the process that asked before the answer is sent.
   */
  private static void killIn(FakeServer server, String database, int exchange) throws Exception {
    Process[] child = new Process[1];
    Object started = new Object();
    synchronized (started) {
      server.after(
          n -> {
            if (n == exchange) {
              synchronized (started) {
                child[0].destroyForcibly();
              }
            }
          });
      child[0] = run(server, database, 1, 0, false);
    }
    assertThat(child[0].waitFor())
        .as("how a process ended that was killed in exchange %s", exchange)
        .isEqualTo(KilledProcess.KILLED);
    server.after(n -> {});
  }

  private static void goesOn(FakeServer server, String database, String calm) throws Exception {
    Process next = run(server, database, 3, 0, false);
    assertThat(next.waitFor(2, TimeUnit.MINUTES)).as("whether the next process ended").isTrue();
    assertThat(next.exitValue())
        .as(
            "how the next process ended: %s",
            new String(next.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    try (Store store = KilledProcess.open(database)) {
      assertThat(text(store)).as("what is stored after both").isEqualTo(calm);
    }
  }

  private static Process run(
      FakeServer server, String database, int hour, int commit, boolean before) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledProcess.class.getName(),
            server.url().toString(),
            database,
            Integer.toString(hour),
            Integer.toString(commit),
            Boolean.toString(before))
        .redirectErrorStream(true)
        .start();
  }

  private static FakeServer server() {
    World world = new World(Bench.SEED, TicketWire.WIRE.types(), SIZE);
    return FakeServer.serving(TicketWire.WIRE.serve(world, new Quirks(3), Trial.SECRET));
  }

  /** What a process leaves that nobody kills. */
  private static String calm(String database) throws Exception {
    try (FakeServer server = server()) {
      assertThat(run(server, database, 1, 0, false).waitFor()).as("how it ended").isZero();
      try (Store store = KilledProcess.open(database)) {
        return text(store);
      }
    }
  }

  private static CrashPlan counted() {
    CrashPlan counting = CrashPlan.counting();
    Subject subject =
        Subject.of(new ReferenceConnector(), TicketWire.WIRE, StoreFixture.inMemory());
    Bench bench = new Bench().on(() -> subject);
    try (Trial trial = bench.trial(new World(Bench.SEED, TicketWire.WIRE.types(), SIZE))) {
      Area.succeeded(
          trial.process(counting, engine -> engine.sync(Trial.KEY)), "that nobody disturbs");
    }
    return counting;
  }

  /** All that is stored, with the events without their numbers' gaps. */
  private static String text(Store store) {
    return StoreSnapshot.of(store, Trial.KEY, new ReferenceConnector().streams())
        .toString()
        .lines()
        .map(line -> line.replaceFirst("number=\\d+", "number=…"))
        .collect(Collectors.joining("\n"));
  }
}
