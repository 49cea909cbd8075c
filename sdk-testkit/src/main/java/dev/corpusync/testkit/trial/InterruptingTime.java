package dev.corpusync.testkit.trial;

import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A clock on which the first sleep that is due is interrupted. By the sleeper itself as it falls
 * asleep, so that nobody has to hit the moment. For one thread.
 */
public final class InterruptingTime implements Time {
  private final Time time;
  private final BooleanSupplier due;
  private boolean interrupted;

  public InterruptingTime(Time time, BooleanSupplier due) {
    this.time = time;
    this.due = due;
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (!interrupted && due.getAsBoolean()) {
      interrupted = true;
      Thread.currentThread().interrupt();
    }
    time.sleep(duration);
  }
}
