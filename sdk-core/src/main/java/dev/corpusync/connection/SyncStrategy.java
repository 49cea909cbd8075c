package dev.corpusync.connection;

import java.util.Locale;

/**
 * What makes a connection be brought up to date.
 *
 * @since 0.1
 */
public enum SyncStrategy {
  /** A person or the host starts each sync. */
  MANUAL,
  /** Time passes. */
  SCHEDULED,
  /** The source tells that something changed. */
  WEBHOOK;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
