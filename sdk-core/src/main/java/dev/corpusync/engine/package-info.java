/** Runs connectors: syncs, schedules, reports; imports everything and is imported by nobody. */
@NullMarked
package dev.corpusync.engine;

import org.jspecify.annotations.NullMarked;
