/** A host application: syncs a source, maintains a search index, and answers searches by reader. */
@NullMarked
package dev.corpusync.examples.demo;

import org.jspecify.annotations.NullMarked;
