/** Delivers changes of the corpus to the host's index, embedder or bus. */
@NullMarked
package dev.corpusync.feed;

import org.jspecify.annotations.NullMarked;
