package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** RES: a run gives back what it took. */
public abstract class ResourceChecks extends Area {
  private static final int RUNS = 25;
  private static final int MANY = 120;
  private static final int LONG_TEXT = 96 << 10;

  public ResourceChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "RES-04",
      rule = "However much there is, a sync holds a few pages of it in memory",
      does =
          "Two runs over eleven megabytes of text, on a store that keeps them in a file. In the "
              + "middle of the second one, less than half of that may be on the heap more than at "
              + "its start.",
      why = "A source is larger than any heap, sooner or later (W68).",
      whenItFails =
          "Keep no records in fields; hand each page on. A JVM in which a collection cannot be "
              + "asked for (`-XX:+DisableExplicitGC`) shows garbage.",
      level = Check.Level.SHOULD,
      needs = Need.POSITIONS)
  public final void a_sync_holds_a_few_pages() {
    Path folder = temporary();
    // As much of several kinds as of one.
    int each = MANY / Math.max(1, subject().documentStreams().size());
    World world = new World(Bench.SEED, subject().wire().types(), Math.max(Bench.SIZE, each));
    long all = 0;
    for (Thing thing : world.readable()) {
      world.write(thing, (thing.title() + " ").repeat(LONG_TEXT / (thing.title().length() + 1)));
      all += LONG_TEXT;
    }
    // What is stored must not count: it goes to a file.
    try (Trial trial = bench().trial(world, StoreFixture.sqlite(folder))) {
      trial.quirks().pageSize(4);
      succeeded(trial.sync(), "over much text");
      int before = trial.server().count();
      Held held = new Held(before / 8);
      trial.server().before(held::look);
      succeeded(trial.resync(), "over much text, in full");
      assertThat(trial.server().count() - before).as("requests").isGreaterThan(Bench.SIZE);
      assertThat(held.most())
          .as("bytes that are held in the middle of a run more than before in it, of %s", all)
          .isLessThan(all / 2);
    } finally {
      deleted(folder);
    }
  }

  /** What is on the heap at some of the exchanges of a run. */
  private static final class Held {
    private final List<Long> seen = new ArrayList<>();
    private final int stride;

    Held(int stride) {
      this.stride = Math.max(1, stride);
    }

    void look(int exchange) {
      if (seen.isEmpty()) {
        // What waits for a cleaner goes only with the second collection.
        System.gc();
      }
      if (seen.isEmpty() || exchange % stride == 0) {
        System.gc();
        seen.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
      }
    }

    /** The steepest rise: what others have left on the heap may go at any time. */
    long most() {
      long lowest = Long.MAX_VALUE;
      long most = 0;
      for (long held : seen) {
        lowest = Math.min(lowest, held);
        most = Math.max(most, held - lowest);
      }
      return most;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("corpusync-contract");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no place for a temporary file", e);
    }
  }

  private static void deleted(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file could not be deleted", e);
    }
  }

  @Check(
      id = "RES-05",
      rule = "Runs that find nothing new leave nothing behind",
      does = "25 idle runs: as many requests each, and as much stored as before.",
      why = "A mark that grows by a little each hour is large after a year.",
      whenItFails = "Look at what the cursor carries along.",
      level = Check.Level.SHOULD)
  public final void idle_runs_leave_nothing_behind() {
    try (Trial trial = trial()) {
      for (int i = 0; i < 3; i++) {
        succeeded(trial.sync(), "before the idle ones");
      }
      int before = trial.server().count();
      succeeded(trial.sync(), "that is idle");
      int requests = trial.server().count() - before;
      int size = CrashSweep.state(trial).length();
      for (int i = 0; i < RUNS; i++) {
        int from = trial.server().count();
        succeeded(trial.sync(), "that is idle, no. " + i);
        assertThat(trial.server().count() - from)
            .as("requests of idle run no. %s", i)
            .isEqualTo(requests);
      }
      assertThat(CrashSweep.state(trial).length())
          .as("how much is stored after %s idle runs more", RUNS)
          .isEqualTo(size);
    }
  }

  @Check(
      id = "RES-06",
      rule = "Nothing of a connector outlives it: what is static does not change",
      does =
          "No static field of the connector's classes can change: none that is not final, no "
              + "thread-local variable, no mutable collection.",
      why = "It outlives its connection and belongs to all of them.",
      whenItFails = "Pass it along as a value.",
      level = Check.Level.SHOULD)
  public final void nothing_of_a_connector_outlives_it() {
    try (Trial trial = trial()) {
      whole(trial, "after which nothing static may be left");
    }
    List<String> kept = new ArrayList<>();
    for (Class<?> type : DeterminismChecks.reach(subject()).classes()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && changes(field)) {
          kept.add(type.getName() + "." + field.getName() + " is static and can change");
        }
      }
    }
    assertThat(kept).as("what one connection's run can leave for another's").isEmpty();
  }

  private static boolean changes(Field field) {
    if (!Modifier.isFinal(field.getModifiers())) {
      return true;
    }
    Object value = valueOf(field);
    boolean collection = value instanceof Collection || value instanceof Map;
    return value instanceof ThreadLocal
        || value instanceof AtomicInteger
        || value instanceof AtomicLong
        || value instanceof AtomicReference
        || (collection && !value.getClass().getName().matches(".*(Immutable|Unmodifiable).*"));
  }

  private static Object valueOf(Field field) {
    try {
      field.setAccessible(true);
      Object value = field.get(null);
      return value == null ? "" : value;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A module that does not open itself to us.
      return "";
    }
  }
}
