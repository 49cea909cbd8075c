package dev.corpusync.testkit.wire;

/**
 * The names of a delta's fields, as paths with slashes.
 *
 * @param next the address of the next page
 * @param delta on the last page, the address to start from the next time
 * @param expired the status that says that a link is no longer known
 */
public record DeltaLinks(String records, String next, String delta, int expired) {}
