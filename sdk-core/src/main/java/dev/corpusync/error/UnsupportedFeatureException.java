package dev.corpusync.error;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A store lacks a feature that is needed. Use a version of the store that supports it, or do
 * without what needs it. Nothing was written.
 *
 * @since 0.1
 */
public class UnsupportedFeatureException extends StoreException {
  private static final long serialVersionUID = 1L;
  private final transient Set<String> features;

  /**
   * @param what what was attempted: "open the engine"
   * @param store the name of the store
   * @param features the names of the features that it lacks
   */
  public UnsupportedFeatureException(String what, String store, Collection<String> features) {
    super(
        "tried to "
            + what
            + ", but the store "
            + store
            + " does not support "
            + String.join(", ", new TreeSet<>(features))
            + ": use a version of the store that lists it in Store.features(), or an older Corpusync"
            + " that does not need it");
    this.features = Set.copyOf(features);
  }

  /** The names of the features that the store lacks. */
  public Set<String> features() {
    return features;
  }
}
