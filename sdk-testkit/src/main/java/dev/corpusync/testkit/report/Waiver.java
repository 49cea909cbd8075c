package dev.corpusync.testkit.report;

import java.net.URI;
import java.time.LocalDate;
import java.util.Set;

/**
 * A check that is known to fail, why, and until when. It still runs, and fails the build when it
 * passes, or when its time is over. What guards privacy, secrets and deletions cannot be waived.
 *
 * @param issue where the work on it is followed
 * @param expires the last day on which it counts
 * @since 0.1
 */
public record Waiver(String check, String reason, URI issue, LocalDate expires) {
  private static final Set<String> NEVER =
      Set.of("DEL-02", "DEL-03", "AUTH-02", "AUTH-04", "AUTH-06", "OBS-01", "TRF-02");

  public Waiver {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("the waiver of " + check + " needs a reason");
    }
  }

  /** Never where privacy, secrets or deletions hang on it, or what every check rests on. */
  public static boolean isPossibleFor(String check) {
    return !check.startsWith("FIX-") && !check.startsWith("PRIV-") && !NEVER.contains(check);
  }

  @Override
  public String toString() {
    return reason + " (" + issue + ", until " + expires + ")";
  }
}
