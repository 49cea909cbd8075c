package dev.corpusync.store;

import dev.corpusync.document.Ref;

/**
 * An ETag, saved with the record that its answer held, so that "not modified" always means "what is
 * stored".
 *
 * @param call a hash of the request
 * @since 0.1
 */
public record EntityTag(String call, String etag, Ref owner) {}
