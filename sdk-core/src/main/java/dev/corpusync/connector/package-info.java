/** A connector and its streams: what an author implements. */
@NullMarked
package dev.corpusync.connector;

import org.jspecify.annotations.NullMarked;
