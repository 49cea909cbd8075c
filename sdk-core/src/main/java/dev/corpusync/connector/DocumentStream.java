package dev.corpusync.connector;

import dev.corpusync.cite.CitationResolver;
import dev.corpusync.transform.Transformer;

/**
 * A stream of records that become documents, which people search and cite.
 *
 * @since 0.1
 */
public non-sealed interface DocumentStream extends Stream, Guarded, Transformer, CitationResolver {}
