package dev.corpusync.run;

/** Of which records the parts are read that can change without a change of their record. */
enum PartReads {
  /** Of new and changed records. */
  OF_CHANGED_RECORDS,
  /** Of each record that is listed. */
  OF_ALL_RECORDS
}
