package dev.corpusync.testkit.contract;

import java.net.URI;
import java.time.LocalDate;

/**
 * A check that is known to fail, why, and until when. It still runs, and fails the build when it
 * passes, or when its time is over. What guards privacy, secrets and deletions cannot be waived.
 *
 * @param issue where the work on it is followed
 * @param expires the last day on which it counts
 */
public record Waiver(String check, String reason, URI issue, LocalDate expires) {
  public Waiver {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("the waiver of " + check + " needs a reason");
    }
  }

  @Override
  public String toString() {
    return reason + " (" + issue + ", until " + expires + ")";
  }
}
