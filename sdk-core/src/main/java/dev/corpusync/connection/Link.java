package dev.corpusync.connection;

import java.net.URI;

/**
 * A link to a page for people: how to get a token, what is synced. A closed value.
 *
 * @since 0.1
 */
public record Link(String title, URI address) {}
