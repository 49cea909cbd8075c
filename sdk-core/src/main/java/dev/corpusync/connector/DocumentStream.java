package dev.corpusync.connector;

import dev.corpusync.cite.CitationResolver;
import dev.corpusync.transform.Transformer;

/** Things that people search and cite. */
public non-sealed interface DocumentStream extends Stream, Guarded, Transformer, CitationResolver {}
