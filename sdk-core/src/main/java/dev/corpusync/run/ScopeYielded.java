package dev.corpusync.run;

/** A scope has used up its part of the run; its checkpoint says where the next run resumes. */
final class ScopeYielded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScopeYielded() {
    super("a scope has used up its part of the run", null, false, false);
  }
}
