package dev.corpusync.testkit.random;

/**
 * One thing to do, as a value that knows nothing of what was done before: it can be done again in
 * another sequence. Its {@code toString} is what a person reads in the script of a failure.
 *
 * @since 0.1
 */
public interface Action<S> {
  /** Whether it says anything in this state; one that does not is left out. */
  default boolean isPossible(S state) {
    return true;
  }

  /** Does it, to the model and to the real thing, and throws if they differ. */
  void run(S state);
}
