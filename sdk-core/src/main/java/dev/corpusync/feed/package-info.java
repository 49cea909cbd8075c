/** What changed → the host's index, embedder, bus. */
@NullMarked
package dev.corpusync.feed;

import org.jspecify.annotations.NullMarked;
