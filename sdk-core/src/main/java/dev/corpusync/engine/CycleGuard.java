package dev.corpusync.engine;

import dev.corpusync.error.ConnectorDefectException;

/**
 * Finds a cursor that comes back, for cycles of any length, in constant memory and across resumes:
 * Brent's algorithm keeps one cursor and moves it on at powers of two, so a cycle of length n is
 * found within 3n pages.
 */
final class CycleGuard {
  private final String scope;
  private String tortoise;
  private long steps;
  private long power;

  /** Continues from the trail that the pass saved; empty at its start. */
  CycleGuard(String scope, String trail) {
    this.scope = scope;
    String[] parts = trail.split(" ", 3);
    tortoise = parts.length == 3 ? parts[2] : "";
    steps = parts.length == 3 ? Long.parseLong(parts[0]) : 0;
    power = parts.length == 3 ? Long.parseLong(parts[1]) : 1;
  }

  void step(String fingerprint) {
    if (fingerprint.equals(tortoise)) {
      throw new ConnectorDefectException(
          "the listing of "
              + scope
              + " leads back to a cursor that it had before (within "
              + (steps + 1)
              + " pages): it was stopped, nothing was deleted");
    }
    steps++;
    if (steps == power) {
      tortoise = fingerprint;
      power *= 2;
      steps = 0;
    }
  }

  String trail() {
    return steps + " " + power + " " + tortoise;
  }
}
