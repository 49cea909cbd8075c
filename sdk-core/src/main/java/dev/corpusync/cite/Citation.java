package dev.corpusync.cite;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Ref;
import java.util.Optional;

/**
 * A passage of a document, for which a link is wanted.
 *
 * @param item the stored record
 * @param chunk the key of the passage's chunk; empty for the document as a whole
 * @since 0.1
 */
public record Citation(Ref ref, Item item, Optional<String> chunk) {}
