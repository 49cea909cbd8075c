package dev.corpusync.connection;

import java.util.Locale;

/** What makes a connection be brought up to date. */
public enum SyncStrategy {
  /** Somebody asks for it. */
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
