package dev.corpusync.connection;

import java.util.Locale;

/**
 * How far a connector can be relied on, from the least on. A host says from where it takes them.
 *
 * @since 0.1
 */
public enum Stability {
  /** May change or go away; what a connector is that says nothing. */
  EXPERIMENTAL,
  /** Complete, not yet proven with many accounts. */
  BETA,
  /** Settings, kinds and ids stay as they are. */
  STABLE;

  public boolean isAtLeast(Stability least) {
    return compareTo(least) >= 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
