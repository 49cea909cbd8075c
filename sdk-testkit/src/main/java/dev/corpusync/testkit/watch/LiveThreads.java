package dev.corpusync.testkit.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Threads that were started since and live on. */
public final class LiveThreads {
  /** Shared by the whole JVM, idle by themselves after a while, and none of a connector's. */
  private static final List<String> SHARED =
      List.of(
          "OkHttp",
          "Okio",
          "MockWebServer",
          "ForkJoinPool.commonPool",
          "Common-Cleaner",
          "process reaper",
          "surefire",
          "Attach",
          "Signal",
          "Notification",
          "Failsafe");

  private final Set<Long> before = new HashSet<>();

  private LiveThreads() {
    alive().forEach(t -> before.add(t.getId()));
  }

  public static LiveThreads now() {
    return new LiveThreads();
  }

  /** The names of those that have not ended after waiting that long for all of them. */
  public List<String> since(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    List<String> left = new ArrayList<>();
    for (Thread thread : alive()) {
      boolean mine =
          !before.contains(thread.getId())
              && thread != Thread.currentThread()
              && SHARED.stream().noneMatch(thread.getName()::startsWith);
      if (mine && !ends(thread, end)) {
        left.add(thread.getName());
      }
    }
    return left;
  }

  private static boolean ends(Thread thread, long end) {
    try {
      // Zero would wait for ever.
      thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private static List<Thread> alive() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] all = new Thread[group.activeCount() * 2 + 16];
    return List.of(java.util.Arrays.copyOf(all, group.enumerate(all)));
  }
}
