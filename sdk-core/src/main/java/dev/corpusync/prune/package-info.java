/** What vanished at the source → deletes, within a safe limit. */
@NullMarked
package dev.corpusync.prune;

import org.jspecify.annotations.NullMarked;
