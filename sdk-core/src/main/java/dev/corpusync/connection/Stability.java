package dev.corpusync.connection;

import java.util.Locale;

/**
 * How stable a connector is, from the least stable up. A host may set a minimum for discovery.
 *
 * @since 0.1
 */
public enum Stability {
  /** May change or be removed; the default. */
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
