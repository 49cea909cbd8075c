package dev.corpusync.testkit.fault;

/**
 * The process dies here. An Error, so that nothing but a catch-all could live on after it.
 *
 * @since 0.1
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
