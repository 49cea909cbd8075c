package dev.corpusync.testkit.trial;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Ends what would run for ever, and says where it was. Its limit is real time. */
public final class Watchdog {
  private static final int FRAMES = 40;

  private Watchdog() {}

  /** Work that may throw anything. */
  public interface Work {
    void run() throws Throwable;
  }

  /**
   * Does it on a thread of its own.
   *
   * @throws AssertionError with the stack of the thread that still works, when it takes too long;
   *     that thread is interrupted and left behind
   */
  public static void within(Duration limit, Work work) throws Throwable {
    Throwable[] thrown = new Throwable[1];
    Thread worker =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                // Handed over to the thread that waits.
                thrown[0] = e;
              }
            },
            "corpusync-check");
    worker.setDaemon(true);
    worker.start();
    worker.join(limit.toMillis());
    if (worker.isAlive()) {
      String where = stacks(worker);
      worker.interrupt();
      throw new AssertionError(
          "it did not end within "
              + limit.toSeconds()
              + " s of real time; when it was given up it was at\n"
              + where);
    }
    if (thrown[0] != null) {
      throw thrown[0];
    }
  }

  private static String stacks(Thread worker) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(e -> e.getKey().equals(worker) || e.getKey().getName().equals("corpusync-worker"))
        .filter(e -> e.getValue().length > 0)
        .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(Thread::getName)))
        .map(e -> e.getKey().getName() + ":\n" + frames(e.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String frames(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .limit(FRAMES)
        .map(f -> "  at " + f)
        .collect(Collectors.joining("\n"));
  }
}
