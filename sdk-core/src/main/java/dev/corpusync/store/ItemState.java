package dev.corpusync.store;

import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import java.util.Optional;

/**
 * What the store knows of an artifact without reading its content.
 *
 * @param hash of its payload
 * @param version of the transformer that derived its document; 0 for what has none
 * @param stale whether something its document was derived from has changed since
 */
public record ItemState(
    String hash,
    Revision revision,
    Optional<Ref> parent,
    Access access,
    int version,
    boolean stale) {}
