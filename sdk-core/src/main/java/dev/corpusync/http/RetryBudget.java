package dev.corpusync.http;

/**
 * Limits how many requests of one run are retries: a fixed number, and a share of its requests. An
 * API that fails at times is retried; one that is down is not asked five times for each of ten
 * thousand items. Safe for many threads.
 */
final class RetryBudget {
  private final int fixed;
  private final double share;
  private long requests;
  private long retries;

  RetryBudget(int fixed, double share) {
    this.fixed = fixed;
    this.share = share;
  }

  synchronized void countRequest() {
    requests++;
  }

  synchronized void countRetry() {
    retries++;
  }

  synchronized boolean isSpent() {
    return retries >= fixed + (long) (share * requests);
  }
}
