package dev.corpusync.testkit.fake;

/** Counts the requests that are under way, and lets them meet. Safe for many threads. */
final class RequestMeter {
  private static final long MOMENT = 40;
  private int inside;
  private int most;
  private boolean gathers;

  synchronized void gather() {
    gathers = true;
  }

  synchronized int most() {
    return most;
  }

  /** Waits a moment, in real time, for another request, if it is told to. */
  synchronized void enter() {
    inside++;
    most = Math.max(most, inside);
    notifyAll();
    long until = System.currentTimeMillis() + MOMENT;
    try {
      for (long left = MOMENT; gathers && inside < 2 && left > 0; ) {
        wait(left);
        left = until - System.currentTimeMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void leave() {
    inside--;
  }
}
