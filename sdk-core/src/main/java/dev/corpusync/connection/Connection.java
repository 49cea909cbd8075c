package dev.corpusync.connection;

/**
 * One tenant's link to one account.
 *
 * @param generation made new by each connect, so that nothing written for an older one can be
 *     reached or continued
 */
public record Connection(
    ConnectionKey key, String connector, String generation, Settings settings) {}
