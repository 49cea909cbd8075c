/** Remote API → pages. */
@NullMarked
package dev.corpusync.extract;

import org.jspecify.annotations.NullMarked;
