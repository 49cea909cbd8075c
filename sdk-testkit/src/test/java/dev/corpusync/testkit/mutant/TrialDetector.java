package dev.corpusync.testkit.mutant;

import dev.corpusync.extract.FetchRequest;
import java.time.Instant;

/** For mutants that remember what they should not: tells when another trial has begun. */
final class TrialDetector {
  private String api = "";
  private Instant latest = Instant.MIN;

  /** Ports are used again, but within one trial the host's clock only advances. */
  boolean isNew(FetchRequest<?> ask) {
    String here = String.valueOf(ask.at().settings().values().get("base_url"));
    boolean fresh = !here.equals(api) || ask.now().isBefore(latest);
    api = here;
    latest = ask.now();
    return fresh;
  }
}
