package dev.corpusync.connection;

import java.util.Locale;

/**
 * What triggers the syncs of a connection.
 *
 * @since 0.1
 */
public enum SyncStrategy {
  /** A person or the host starts each sync. */
  MANUAL,
  /** Syncs start at an interval. */
  SCHEDULED,
  /** The source sends a webhook when something changed. */
  WEBHOOK;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
