/** The store in memory, for tests and for trying things out. */
@NullMarked
package dev.corpusync.memory;

import org.jspecify.annotations.NullMarked;
