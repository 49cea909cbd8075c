package dev.corpusync.http;

/**
 * How much of what one run asks may be repetition: a few, and a share of its requests. An API that
 * fails now and then is helped over it; one that is down is not asked five times for each of ten
 * thousand things. Safe for many threads.
 */
final class RetryBudget {
  private final int few;
  private final double share;
  private long requests;
  private long repetitions;

  RetryBudget(int few, double share) {
    this.few = few;
    this.share = share;
  }

  synchronized void asked() {
    requests++;
  }

  synchronized void repeated() {
    repetitions++;
  }

  synchronized boolean isSpent() {
    return repetitions >= few + (long) (share * requests);
  }
}
