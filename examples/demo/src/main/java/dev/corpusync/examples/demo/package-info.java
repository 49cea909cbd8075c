/** A host application: it syncs, keeps an index of its own, and answers searches as a person. */
@NullMarked
package dev.corpusync.examples.demo;

import org.jspecify.annotations.NullMarked;
