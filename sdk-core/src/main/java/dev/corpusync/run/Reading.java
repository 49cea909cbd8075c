package dev.corpusync.run;

/** Why records are read, which says what of them is read again and how much their state proves. */
enum Reading {
  /** A full pass: the parts of each record, and a state that can settle an older revision. */
  FULL_PASS,
  /** The same, where parts may be others though their records are the same. */
  FULL_PASS_OF_PARTS,
  /** Changes: the parts of new and changed records. */
  CHANGES,
  /** Changes that may be those of a part: the parts of each record that is named. */
  CHANGES_OF_PARTS,
  /** By their ids: the parts of each. */
  BY_ID,
  /** What is stored, for parts that could not be read before: only those. */
  UNREAD_PARTS;

  /** Whether it says in which state each record is. */
  boolean isFullPass() {
    return this == FULL_PASS || this == FULL_PASS_OF_PARTS;
  }

  /** Whether parts are read that can change without a change of their record. */
  boolean readsIndependentParts() {
    return this != CHANGES;
  }
}
