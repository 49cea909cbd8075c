/** The storage SPI: one unit of work, and what the engine and a host may read. */
@NullMarked
package dev.corpusync.store;

import org.jspecify.annotations.NullMarked;
