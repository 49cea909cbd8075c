package dev.corpusync.relational;

/**
 * What opening a {@link RelationalStore} does about its tables.
 *
 * @since 0.1
 */
public enum Schema {
  /** Creates or upgrades them, safely with several processes starting at once. */
  MIGRATE,
  /**
   * Refuses to open unless they are of this library's version: for databases whose DDL an
   * administrator runs.
   */
  VALIDATE,
  /** Neither looks nor changes. */
  NONE
}
