package dev.corpusync.connection;

import java.net.URI;

/**
 * A page that a person may want to read: how to get a token, what is synced.
 *
 * @since 0.1
 */
public record Link(String title, URI address) {}
