package dev.corpusync.testkit.time;

import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The host's clock in tests. A sleep moves it at once and is remembered, so a wait of an hour costs
 * nothing. Safe for many threads.
 *
 * @since 0.1
 */
public final class VirtualTime implements Time {
  /** Where every virtual clock starts. */
  public static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private final List<Runnable> repeated = new CopyOnWriteArrayList<>();
  private Instant now;

  public VirtualTime() {
    this(START);
  }

  public VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a virtual sleep");
    }
    sleeps.add(duration);
    now = now.plus(duration);
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** Never by itself, since its own waits would move the clock: at each {@link #beat}. */
  @Override
  public Repetition every(Duration interval, Runnable task) {
    repeated.add(task);
    return () -> repeated.remove(task);
  }

  /** Calls once what is repeated, as renewing a lease in the background is. */
  public void beat() {
    repeated.forEach(Runnable::run);
  }

  /** Every wait so far, in order. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
