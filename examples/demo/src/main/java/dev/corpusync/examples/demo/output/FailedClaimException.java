package dev.corpusync.examples.demo.output;

/** A claim of the demo does not hold. */
public final class FailedClaimException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedClaimException(String claim) {
    super("this should be true and is not: " + claim);
  }
}
