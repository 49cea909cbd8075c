package dev.corpusync.store;

import dev.corpusync.document.Document;
import dev.corpusync.document.Ref;
import java.util.Set;

/**
 * A document with what it was derived from (P9).
 *
 * @param version of the stream that derived it
 * @param lookups the references that were looked up, found or not
 * @param missing the parts that could not be read as of this record: the document is incomplete
 * @since 0.1
 */
public record Derived(Document document, int version, Set<Ref> lookups, Set<String> missing) {}
