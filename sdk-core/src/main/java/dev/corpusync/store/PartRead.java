package dev.corpusync.store;

import dev.corpusync.document.Ref;

/**
 * A part that could not be read before and was read.
 *
 * @since 0.1
 */
public record PartRead(Ref item, String part) {}
