package dev.corpusync.testkit.report;

import java.time.Duration;

/**
 * What became of one check.
 *
 * @param must whether every connector must pass it
 * @param detail why it failed, is waived, or says nothing; blank for one that passed
 * @since 0.1
 */
public record Result(
    String check, String rule, boolean must, Status status, String detail, Duration took) {
  /** The part of the contract that it belongs to. */
  public String area() {
    return check.substring(0, check.indexOf('-'));
  }
}
