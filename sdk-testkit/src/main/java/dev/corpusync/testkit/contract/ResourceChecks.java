package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** RES: a run gives back what it took. */
abstract class ResourceChecks extends Area {
  private static final int RUNS = 25;

  ResourceChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "RES-05",
      rule = "Runs that find nothing new leave nothing behind",
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
